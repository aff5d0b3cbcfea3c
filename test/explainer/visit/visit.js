// Goes through the explainer page as a reader does, in whatever browser this is, and posts what failed.
const frame = document.createElement("iframe");
Object.assign(frame, { src: "./page/index.html", width: 1280, height: 900 });
const checks = [];

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function until(what, holds) {
  for (let tries = 0; tries < 300; tries++) {
    const value = holds();
    if (value) return value;
    await wait(100);
  }
  throw new Error(`${what}: waited for 30 seconds`);
}

async function check(name, run) {
  try {
    await run();
    checks.push({ name });
  } catch (error) {
    checks.push({ name, error: error.message });
  }
}

async function visit() {
  const wrong = [];
  document.body.append(frame);
  await new Promise((done) => frame.addEventListener("load", done, { once: true }));
  const page = frame.contentDocument;
  frame.contentWindow.addEventListener("error", ({ message }) => wrong.push(message));
  page.addEventListener("securitypolicyviolation", (it) => wrong.push(it.violatedDirective));
  const $ = (selector) => page.querySelector(selector);
  const text = (selector) => $(selector).textContent;
  const drawn = () => page.querySelectorAll("#picture svg:not(.first) *").length;

  await check("the first picture is drawn", () => until("a picture", () => drawn() > 3));
  const scenes = page.querySelectorAll("#scene-dots button").length;
  for (let scene = 1; scene <= scenes; scene++) {
    await check(`scene ${scene}: ${text("#scene-title")}`, async () => {
      await until("its place", () => text("#scene-place") === `Scene ${scene} of ${scenes}`);
      if (drawn() < 4 || /NaN|undefined/.test(text("main"))) throw new Error(text("#caption"));
    });
    if (scene < scenes) $("#scene-next").click();
  }
  $("#mode-play").click();
  for (const tab of page.querySelectorAll("[role=tab]")) {
    await check(`view: ${tab.textContent}`, async () => {
      tab.click();
      await until("its tab", () => tab.getAttribute("aria-selected") === "true");
      await wait(600);
      if (drawn() < 4 || /NaN|undefined/.test(text("main"))) throw new Error(text("#caption"));
    });
  }
  await check("the model reads a sentence of one's own", async () => {
    $("[data-view=bars]").click();
    $("#text").value = "a dog barks at night";
    $("#ask").requestSubmit();
    await until("the sentence", () => /a dog barks at night/.test(text("#subtitle")));
  });
  await check("nothing went wrong meanwhile", () => {
    if (wrong.length > 0) throw new Error(wrong.join("; "));
  });
}

await check("the visit ends", visit);
await fetch("/", { method: "POST", body: JSON.stringify(checks) });
