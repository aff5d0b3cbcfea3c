// The half of the widget that runs in the notebook's page. Bundle it once, so that it needs no network:
// npx esbuild widget.js --bundle --format=esm --outfile=widget.bundle.js
import { explainWeights } from "qkv/explain";
import "qkv/views/element";

const names = ["view", "layer", "head", "query", "key"];

function render({ model, el }) {
  const element = document.createElement("qkv-attention");
  element.controls = true;
  const explain = () => {
    const tokens = model.get("tokens");
    // [layer][head][query][key]
    element.explanation = model
      .get("weights")
      .map((weights, layer) => explainWeights(weights, { tokens, layer }));
  };
  const follow = () => {
    for (const name of names) element[name] = model.get(name);
  };
  const choose = ({ detail }) => {
    for (const [name, value] of Object.entries(detail)) model.set(name, value);
    model.save_changes();
  };
  explain();
  follow();
  element.addEventListener("qkv-choose", choose);
  model.on("change:tokens change:weights", explain);
  model.on(names.map((name) => `change:${name}`).join(" "), follow);
  el.append(element);
  return () => {
    model.off(null, explain);
    model.off(null, follow);
  };
}

export default { render };
