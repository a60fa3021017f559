// Finding evidence while typing (a combobox), and adding an item without leaving the page.
let later, active = -1;

export function wakeFinder(root, link, say) {
  const finder = root.querySelector("[data-finder]");
  if (!finder) return;
  const input = finder.querySelector("input"), list = document.createElement("ul");
  list.id = "found-list";
  list.className = "finds";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  input.closest(".field").append(list);
  const say_ = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const name in say_) input.setAttribute(name, say_[name]);

  function move(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = list.children.length ? (to + list.children.length) % list.children.length : -1;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", isOpen);
    if (!isOpen) input.removeAttribute("aria-activedescendant");
    active = -1;
  }
  async function find() {
    const sought = input.value;
    if (!sought.trim()) return open(false);
    const answer = await fetch(`${finder.dataset.finder}?q=${encodeURIComponent(sought)}`).catch(() => null);
    if (!answer?.ok || sought !== input.value) return;
    const items = await answer.json();
    finder.querySelector("[data-found]")?.remove(); // what was found before, without a script
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement("li"), about = document.createElement("small");
      option.id = `find-${i}`;
      option.dataset.id = item.id;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      about.textContent = `${item.source} · ${item.strength}`;
      option.append(item.title, about);
      return option;
    }));
    open(items.length > 0 && document.activeElement === input);
    say(`${items.length} ${finder.dataset.said}`);
  }
  input.addEventListener("input", () => { clearTimeout(later); later = setTimeout(find, 250); });
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: active + 1, ArrowUp: active < 0 ? -1 : active - 1 }[event.key];
    if (step !== undefined) move(step);
    else if (event.key === "Enter" && active >= 0) link(list.children[active].dataset.id);
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const option = event.target.closest("[role=option]");
    if (option) link(option.dataset.id);
  });
}

export async function openAdder(dialog, link) {
  const headers = { "X-Fragment": "1" }, box = dialog.querySelector("[data-box]");
  const load = async (url, more) => {
    const answer = await fetch(url, { headers, ...more });
    if (answer.status !== 422 && !answer.ok) throw answer;
    box.innerHTML = await answer.text();
    const added = box.querySelector("input[name=item]:checked");
    if (more && added) { dialog.close(); link(added.value); }
  };
  await load(dialog.dataset.adder);
  box.onsubmit = (event) => {
    event.preventDefault();
    load(event.target.action, { method: "POST", body: new URLSearchParams(new FormData(event.target, event.submitter)) })
      .catch(() => location.assign(dialog.dataset.adder));
  };
  box.onclick = (event) => {
    const item = event.target.closest("a[href*='item=']");
    if (!item) return;
    event.preventDefault();
    dialog.close();
    link(new URL(item.href).searchParams.get("item"));
  };
  dialog.showModal();
}
