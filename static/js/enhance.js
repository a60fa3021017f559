// The site's one entry. Every page works without it; each part wakes where its data- attributes are.
import "./map.js";

const menus = () => document.querySelectorAll("details[data-closes][open]");
addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const awake = () => { document.documentElement.dataset.awake = ""; };
const parts = Object.entries({ "[data-write]": "./write.js", "[data-queue]": "./desk.js", "[data-batch]": "./batch.js", "[data-order]": "./order.js", "[data-rate]": "./rate.js" })
  .filter(([where]) => document.querySelector(where));
Promise.all(parts.map(([, script]) => import(script))).then(awake);
