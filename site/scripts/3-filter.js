// The filter box above an index: rows that do not hold all the words are hidden.
(() => {
  "use strict";
  const box = document.querySelector(".filter");
  if (!box) return;
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const rows = [...document.querySelectorAll("main tbody tr")].map((row) => [row, rzgraph.fold(row.textContent)]);

  const apply = () => {
    const wanted = rzgraph.fold(input.value).split(" ").filter(Boolean);
    let count = 0;
    for (const [row, text] of rows) {
      const fits = wanted.every((word) => text.includes(word));
      row.hidden = !fits;
      if (fits) count += 1;
    }
    status.textContent = wanted.length ? box.dataset.count.replace("#", count) : "";
  };

  box.hidden = false;
  input.addEventListener("input", apply);
  apply();
})();
