// Approving several at once: how many are ticked, all of them in one go, and the seconds to undo.
const boxes = () => [...document.querySelectorAll("input[form=batch][name=item]")];
const send = document.querySelector("[data-approve]"), all = document.querySelector("[data-tick-all]"), uses = document.querySelector("[data-uses]");

function count() {
  const ticked = boxes().filter((box) => box.checked).length;
  send.textContent = ticked ? send.dataset.approve.replace("{count}", ticked) : send.dataset.plain;
  send.disabled = !ticked;
  all.textContent = ticked === boxes().length ? all.dataset.untick : all.dataset.tick;
}

if (send) {
  send.dataset.plain = send.textContent;
  all.dataset.tick = all.textContent;
  all.hidden = boxes().length < 2;
  all.addEventListener("click", () => {
    const ticks = !boxes().every((box) => box.checked);
    for (const box of boxes()) box.checked = ticks;
    count();
  });
  addEventListener("change", ({ target }) => { if (target.form?.id === "batch") count(); });
  addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
    if (key.toLowerCase() !== "x" || ctrlKey || metaKey || altKey || uses?.checked === false) return;
    document.activeElement?.closest(".queue li")?.querySelector("input[form=batch]")?.click();
  });
  addEventListener("pageshow", count);
  count();
}

// At nought the button goes; whoever is quicker than their clock is told so by the server.
const strip = document.querySelector("[data-final]");
if (strip) {
  const left = strip.querySelector("[data-left]"), final = Date.parse(strip.dataset.final);
  const turn = setInterval(show, 1000);
  function show() {
    const seconds = Math.max(0, Math.ceil((final - Date.now()) / 1000));
    left.textContent = (seconds ? left.dataset.seconds : left.dataset.over).replace("{seconds}", seconds);
    if (seconds) return;
    clearInterval(turn);
    strip.querySelector("[data-undo]").hidden = true;
  }
  show();
}
