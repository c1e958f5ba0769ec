// What the widget leaves on the device, looked at and changed from outside of it.

/** Everything that a page can leave behind. */
export async function traces(page) {
  const found = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  const cookies = (await page.context().cookies()).map(({ name }) => name);
  return { ...found, cookies };
}

export const NO_TRACE = { databases: [], localStorage: [], sessionStorage: [], caches: [], workers: 0, cookies: [] };

/** All kept documents, by key. */
export async function documents(page) {
  return page.evaluate(async () => {
    const settled = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open("skills-passport"));
    const store = database.transaction("documents").objectStore("documents");
    const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    database.close();
    return Object.fromEntries(keys.map((key, position) => [key, values[position]]));
  });
}

/** Writes a document, as another version of the widget might have. */
export async function plant(page, key, text) {
  await page.evaluate(
    async ([key, text]) => {
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open("skills-passport");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const transaction = database.transaction("documents", "readwrite");
      transaction.objectStore("documents").put(text, key);
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      database.close();
    },
    [key, text],
  );
}

/** The answers under way that are kept: `[key, assessment]`, the most answers first. */
export async function journals(page) {
  const all = Object.entries(await documents(page)).filter(([key]) => key.startsWith("journal/"));
  const parsed = all.map(([key, text]) => [key, JSON.parse(text)]);
  return parsed.sort(([, one], [, two]) => two.answers.length - one.answers.length);
}

/** Waits until the device has a passport with so many records: it is written behind the screen's back. */
export async function recordsKept(page, count) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { passport } = await documents(page);
    if (passport && JSON.parse(passport).records.length === count) return;
    if (Date.now() > deadline) throw new Error(`the device never got a passport with ${count} records: ${passport}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}
