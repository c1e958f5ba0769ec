import { createApp } from "vue";
import { setBase } from "skills-passport";
import Questions from "./Questions.vue";

// Where the package's folder was copied to: a bundler moves the script away from its files.
setBase("skills-passport/");

createApp(Questions).mount("#app");
