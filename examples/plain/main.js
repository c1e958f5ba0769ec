// What a page hears and asks for.

const passport = document.querySelector("skills-passport");
passport.addEventListener("progress", ({ detail }) => (document.querySelector("#answered").textContent = detail.answered));
passport.addEventListener("complete", async () => {
  const given = await passport.share();
  if (given) document.querySelector("#areas").textContent = given.records[0].areas.length;
});
