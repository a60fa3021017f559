// On a thread's map the arrow keys go from mark to mark: to the nearest that lies that way.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const middle = (mark) => {
  const box = mark.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

addEventListener("keydown", (event) => {
  const here = event.target.closest?.(".map-plate a");
  const way = WAYS[event.key];
  if (!here || !way) return;
  event.preventDefault();
  const [x, y] = middle(here);
  let next, least = Infinity;
  for (const mark of here.closest(".map-plate").querySelectorAll("a")) {
    const [u, v] = middle(mark);
    const along = (u - x) * way[0] + (v - y) * way[1];
    const aside = Math.abs((u - x) * way[1]) + Math.abs((v - y) * way[0]);
    if (along > 0 && along + 2 * aside < least) [next, least] = [mark, along + 2 * aside];
  }
  next?.focus();
});
