// The hub page, before the widget, which speaks the page's language: says when it works without a network, and offers to install it where the browser can.

const WORDS = {
  en: {
    title: "Digital skills passport",
    ready: "This page now also works without a network.",
    install: "Install on this device",
  },
  fr: {
    title: "Passeport des compétences numériques",
    ready: "Cette page fonctionne maintenant aussi sans réseau.",
    install: "Installer sur cet appareil",
  },
};

const wished = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
const language = wished.find((tag) => tag in WORDS) ?? "en";
const words = WORDS[language];
document.documentElement.lang = language;
document.title = document.querySelector("h1").textContent = words.title;

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("skills-passport-sw.js");
  navigator.serviceWorker.ready.then(() => (document.querySelector("#offline").textContent = words.ready));
}

const offer = document.querySelector("#install");
const button = offer.querySelector("button");
button.textContent = words.install;
let prompt;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  offer.hidden = false;
});
button.addEventListener("click", () => prompt?.prompt());
addEventListener("appinstalled", () => (offer.hidden = true));
