// Runs Python beside the page, so that the page stays usable while it loads.
import { loadPyodide } from "./pyodide.mjs";

const get = async (name) => {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
};

const start = async () => {
  postMessage({ progress: "Loading Python …" });
  const [python, files] = await Promise.all([
    loadPyodide(),
    get("files.json").then((response) => response.json()),
  ]);
  postMessage({ progress: "Loading the library …" });
  const wheels = files.wheels.map((name) => new URL(name, import.meta.url).href);
  const [sample, answers] = await Promise.all([
    get("sample.jsonl").then((response) => response.text()),
    get("answers.py").then((response) => response.text()),
    python.loadPackage(wheels, { messageCallback: () => {} }),
  ]);
  postMessage({ progress: "Reading the sample …" });
  python.FS.writeFile("sample.jsonl", sample);
  python.runPython(answers);
  return python.globals.get("answer");
};

const ready = start();
ready.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ failed: error.message }),
);

onmessage = async ({ data }) => {
  const answer = await ready;
  postMessage({ question: data.question, ...JSON.parse(answer(data.question, data.text)) });
};
