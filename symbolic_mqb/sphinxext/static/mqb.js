/* Small comforts; the pages are complete without them. */
(function () {
  "use strict";
  function reveal() {
    // a link to a label inside a fold opens the fold
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  }
  function ready() {
    document.querySelectorAll(".mqb-display").forEach(function (box) {
      // what scrolls can be scrolled with the keyboard, and says what it is
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "formula");
    });
    document.querySelectorAll(".mqb-graph a").forEach(function (link) {
      var label = link.querySelector("[data-label]").getAttribute("data-label");
      function mark(on) {
        document.querySelectorAll(".mqb-edge").forEach(function (edge) {
          if (edge.dataset.from === label || edge.dataset.to === label) edge.classList.toggle("mqb-near", on);
        });
      }
      ["mouseenter", "focus"].forEach(function (e) { link.addEventListener(e, function () { mark(true); }); });
      ["mouseleave", "blur"].forEach(function (e) { link.addEventListener(e, function () { mark(false); }); });
    });
    reveal();
  }
  window.addEventListener("hashchange", reveal);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
