// What the scripts share.
const rzgraph = {
  // Lower case, without accents and punctuation: "Raads- en Statenklankbordgroep" is found as typed carelessly.
  fold: (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim(),
};
