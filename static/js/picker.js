// The map's frame as a control: two ranges that set the lists beside them, and a mark that follows.
const place = (step, [from, span]) => (step < 0 ? 50 : from + (span * step) / 4) + "%";
const ACROSS = [9, 82], UP = [12, 76];

export function wakePicker(root) {
  const picker = root.querySelector("[data-picker]");
  if (!picker) return;
  const scales = picker.closest("[data-scales]"), own = picker.querySelector("[data-own]");
  const [up, across] = [...picker.querySelectorAll("[data-range]")].map((range) => ({
    range,
    list: document.getElementById(range.dataset.range),
    off: scales.querySelector(`[data-off="${range.dataset.range}"]`),
  }));
  const words = scales.querySelector("[data-words]");

  function show() {
    for (const { range, list, off } of [up, across]) {
      const step = list.selectedIndex - 1;
      range.value = step < 0 ? 2 : step;
      off.checked = step < 0;
      range.setAttribute("aria-valuetext", list.selectedOptions[0].text);
    }
    const [x, y] = [across, up].map(({ list }) => list.selectedIndex - 1);
    const [left, top] = [place(x, ACROSS), place(y, UP)];
    own.setAttribute("x", left);
    own.setAttribute("y", top);
    own.toggleAttribute("hidden", x < 0 || y < 0);
    line("[data-sight-y]", y < 0, { y1: top, y2: top, x2: x < 0 ? "100%" : left });
    line("[data-sight-x]", x < 0, { x1: left, x2: left, y1: y < 0 ? "0" : top });
    const said = [up, across].filter(({ list }) => list.value).map(({ list }) => list.selectedOptions[0].text);
    words.textContent = (said.map((each, i) => (i ? each[0].toLowerCase() + each.slice(1) : each)).join(", ")
      || words.dataset.none) + ".";
  }
  function line(name, isHidden, at) {
    const drawn = picker.querySelector(name);
    drawn.toggleAttribute("hidden", isHidden);
    for (const key in at) drawn.setAttribute(key, at[key]);
  }
  function set(list, step) {
    list.selectedIndex = step + 1;
    list.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  }
  for (const { range, list, off } of [up, across]) {
    range.addEventListener("input", (event) => { event.stopPropagation(); set(list, Number(range.value)); });
    off.addEventListener("change", () => set(list, off.checked ? -1 : Number(range.value)));
    const field = list.closest(".field");
    field.hidden = !field.classList.contains("is-wrong");
  }
  for (const part of scales.querySelectorAll("[data-picker], [data-picked]")) part.hidden = false;
  show();
}
