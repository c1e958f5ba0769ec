// A partner's own server, for pages of an origin that is not the widget's.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after } from "node:test";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Listens until the tests of the file are done; `answer` gives status, headers and body for a path. Gives the origin. */
export async function serve(answer) {
  const server = createServer(async (request, response) => {
    const { status = 200, headers = {}, body = "" } = await answer(new URL(request.url, "http://localhost").pathname);
    response.writeHead(status, headers);
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

/** Serves a folder under a policy. */
export function serveFolder(folder, policy) {
  return serve(async (path) => {
    const file = path.endsWith("/") ? `${path}index.html` : path;
    try {
      const body = await readFile(join(folder, normalize(file)));
      return { body, headers: { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": policy } };
    } catch {
      return { status: 404 };
    }
  });
}
