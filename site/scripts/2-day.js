// Another day: the standing of every row on the day the reader chooses.
// Without this script the page shows the last day the documents describe, and says so.
(() => {
  "use strict";
  const bar = document.querySelector(".day");
  if (!bar) return;
  const said = bar.querySelector("[data-said]");
  const label = bar.querySelector("label");
  const input = bar.querySelector("input");
  const back = bar.querySelector("button");
  const standard = said.cloneNode(true).childNodes;
  const link = said.querySelector("a");
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

  const remember = (day) => {
    try {
      if (day) sessionStorage.setItem("rzgraph-day", day);
      else sessionStorage.removeItem("rzgraph-day");
    } catch {
      // A browser that keeps nothing for pages on disk still shows the chosen day on this page.
    }
  };
  const remembered = () => {
    try {
      return sessionStorage.getItem("rzgraph-day");
    } catch {
      return null;
    }
  };

  const standingOn = (periods, day) => {
    for (const stretch of periods.split(" ")) {
      const at = stretch.lastIndexOf(":");
      if (day <= stretch.slice(at + 1)) return stretch.slice(0, at);
    }
    return "";
  };

  const show = (day) => {
    const own = day === bar.dataset.day;
    if (own) {
      said.replaceChildren(...[...standard].map((node) => node.cloneNode(true)));
    } else {
      const [before, after] = bar.dataset.chosen.split("#");
      said.replaceChildren(before, words.format(new Date(day + "T00:00:00Z")), after, " ", link);
    }
    back.hidden = own;
    for (const chip of document.querySelectorAll(".standing[data-periods]")) {
      const standing = standingOn(chip.dataset.periods, day);
      chip.dataset.is = standing;
      chip.textContent = bar.getAttribute("data-" + standing) || standing;
    }
  };

  const choose = (day) => {
    input.value = day;
    remember(day === bar.dataset.day ? null : day);
    show(day);
  };

  label.hidden = input.hidden = false;
  said.setAttribute("aria-live", "polite");
  input.addEventListener("change", () => {
    if (/^\d{4}-\d\d-\d\d$/.test(input.value)) choose(input.value);
  });
  back.addEventListener("click", () => {
    choose(bar.dataset.day);
    input.focus();
  });
  const day = remembered();
  if (day && /^\d{4}-\d\d-\d\d$/.test(day)) choose(day);
})();
