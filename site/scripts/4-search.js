// The search box: forgiving of typos, accents and word order. The index is read when the box is first used, as a
// classic script, so that it works from a folder on disk.
(() => {
  "use strict";
  const box = document.querySelector(".search");
  if (!box) return;
  const input = box.querySelector("input");
  const found = document.createElement("div");
  found.className = "found";
  found.hidden = true;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const list = document.createElement("ul");
  found.append(status, list);
  box.append(found);
  box.hidden = false;

  let entries = null;
  const load = () => {
    if (entries) return;
    entries = [];
    const script = document.createElement("script");
    script.src = box.dataset.index;
    script.addEventListener("load", () => {
      entries = globalThis.rzgraphIndex.map(([path, name, kind, also]) => ({
        path,
        name,
        kind,
        words: rzgraph.fold(name).split(" "),
        more: rzgraph.fold(also).split(" ").filter(Boolean),
      }));
      search();
    });
    document.head.append(script);
  };

  // Edit distance with neighbours swapped counting once; gives up beyond the limit.
  const distance = (a, b, limit) => {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before = [];
    let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const current = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const cost = a[i - 1] === b[j - 1] ? 0 : 1;
        current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          current[j] = Math.min(current[j], before[j - 2] + 1);
        }
      }
      before = previous;
      previous = current;
    }
    return previous[b.length];
  };

  const likeness = (wanted, word) => {
    if (word === wanted) return 1;
    if (word.startsWith(wanted)) return 0.7 + (0.2 * wanted.length) / word.length;
    if (wanted.length >= 3 && word.includes(wanted)) return 0.5;
    const limit = wanted.length < 4 ? 0 : wanted.length < 6 ? 1 : 2;
    if (!limit) return 0;
    const steps = Math.min(distance(wanted, word, limit), distance(wanted, word.slice(0, wanted.length), limit) + 0.5);
    return steps <= limit ? 0.6 - 0.15 * steps : 0;
  };

  const best = (wanted, words) => words.reduce((top, word) => Math.max(top, likeness(wanted, word)), 0);

  const rank = (text) => {
    const wanted = rzgraph.fold(text).split(" ").filter(Boolean);
    const scored = entries.map((entry) => {
      const scores = wanted.map((word) => Math.max(best(word, entry.words), 0.7 * best(word, entry.more)));
      const hits = scores.filter(Boolean).length;
      return { entry, hits, score: scores.reduce((sum, one) => sum + one, 0) - entry.words.length / 100 };
    });
    const all = scored.filter((one) => one.hits === wanted.length);
    return (all.length ? all : scored.filter((one) => one.hits))
      .sort((a, b) => b.score - a.score || (a.entry.path < b.entry.path ? -1 : 1))
      .slice(0, 8)
      .map((one) => one.entry);
  };

  const close = () => {
    found.hidden = true;
  };

  const search = () => {
    if (!input.value.trim() || !entries.length) {
      close();
      return;
    }
    const results = rank(input.value);
    list.replaceChildren(
      ...results.map((entry) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const kind = document.createElement("small");
        link.href = box.dataset.base + entry.path;
        kind.textContent = entry.kind;
        link.append(entry.name, kind);
        item.append(link);
        return item;
      }),
    );
    const { none, one, many } = box.dataset;
    status.textContent = results.length ? (results.length > 1 ? many.replace("#", results.length) : one) : none;
    found.hidden = false;
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", () => {
    load();
    search();
  });
  box.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      input.focus();
      close();
    } else if (event.key === "ArrowDown" && links.length && !found.hidden) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] || input).focus();
    } else if (event.key === "Enter" && document.activeElement === input && links.length) {
      event.preventDefault();
      links[0].click();
    }
  });
  document.addEventListener("focusin", (event) => {
    if (!box.contains(event.target)) close();
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) close();
  });
})();
