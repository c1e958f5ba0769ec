import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "skills-passport";

export default { base: "./", plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
