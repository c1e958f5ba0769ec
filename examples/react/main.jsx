// React 19 sets properties and listens to events of custom elements as it does with its own.

import { useState } from "react";
import { createRoot } from "react-dom/client";
import { setBase } from "skills-passport";

// Where the package's folder was copied to: a bundler moves the script away from its files.
setBase("skills-passport/");

function Questions() {
  const [answered, setAnswered] = useState(0);
  const [areas, setAreas] = useState(0);
  const complete = async ({ target }) => {
    const given = await target.share();
    if (given) setAreas(given.records[0].areas.length);
  };
  return (
    <>
      <skills-passport
        lang="en"
        mode="focus"
        focus="1.1, 4.2"
        onprogress={({ detail }) => setAnswered(detail.answered)}
        oncomplete={complete}
      />
      <p>
        <output id="answered">{answered}</output> answered, <output id="areas">{areas}</output> areas given
      </p>
    </>
  );
}

createRoot(document.querySelector("#app")).render(<Questions />);
