// The form, and the cards that the library gives. Python runs in worker.js.
// No module, so that it also runs, and says what is missing, where the page is opened as a file.
{
  const page = document.getElementById("playground-app");
  const form = page.querySelector("form");
  const input = form.querySelector("input");
  const status = page.querySelector("[role=status]");
  const bar = page.querySelector("progress");
  const places = {
    search: page.querySelector(".playground-search"),
    why: page.querySelector(".playground-why"),
  };

  const say = (text) => {
    status.textContent = text;
  };

  const fail = (reason) => {
    bar.hidden = true;
    page.dataset.state = "failed";
    say(`The playground could not be loaded: ${reason}`);
  };

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const show = ({ question, call, html, error, hits }) => {
    const place = places[question];
    const card =
      error === undefined
        ? element("div", { className: "playground-card", innerHTML: html })
        : element("p", { className: "playground-error" }, error);
    const parts = [element("pre", {}, element("code", {}, call)), card];
    if (hits?.length) {
      const buttons = hits.map(({ id, name }) =>
        element(
          "li",
          {},
          element(
            "button",
            { type: "button", onclick: () => ask("why", id) },
            `Why ${name}? `,
            element("small", {}, id),
          ),
        ),
      );
      parts.push(element("ul", { className: "playground-hits" }, ...buttons));
      for (const row of card.querySelectorAll("tbody tr")) {
        const texts = [...row.cells].map((cell) => cell.textContent.trim());
        const hit = hits.find(({ id }) => texts.includes(id));
        if (hit) {
          row.classList.add("playground-hit");
          row.onclick = () => ask("why", hit.id);
        }
      }
    }
    place.replaceChildren(...parts);
    page.dataset.state = "ready";
    if (error !== undefined) say("The library raised an error.");
    else if (question === "search") say(hits.length === 0 ? "No hit." : "The hits are below.");
    else say("The explanation is below.");
    if (question === "why") {
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: "start" });
    }
  };

  let worker;
  const ask = (question, text) => {
    page.dataset.state = "busy";
    if (question === "search") places.why.replaceChildren();
    worker.postMessage({ question, text });
  };

  if (location.protocol === "file:") {
    fail(
      "it runs only from a web server. Start one in the folder of these pages: python -m http.server",
    );
  } else {
    worker = new Worker(new URL("worker.js", document.currentScript.src), { type: "module" });
    worker.onerror = (event) => fail(event.message ?? "the browser did not start it");
    worker.onmessage = ({ data }) => {
      if (data.failed !== undefined) fail(data.failed);
      else if (data.progress !== undefined) say(data.progress);
      else if (data.ready) bar.hidden = true;
      else show(data);
    };
    form.onsubmit = (event) => {
      event.preventDefault();
      ask("search", input.value);
    };
    for (const button of page.querySelectorAll("[data-example]")) {
      button.onclick = () => {
        input.value = button.dataset.example;
        ask("search", input.value);
      };
    }
    ask("search", input.value);
  }
}
