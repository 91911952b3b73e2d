/* Messages can be put away; a failed htmx request says so in words instead of doing nothing. */
const FAILED = { zh: "没有连上服务器，刚才的操作没有保存。请检查网络后再试一次。", en: "The server could not be reached. Nothing was saved; please try again." };

function tell(words: string): void {
  const place = document.getElementById("messages");
  if (!place) return;
  const box = document.createElement("div");
  box.className = "note-box tone-red";
  box.setAttribute("role", "alert");
  const text = document.createElement("div");
  text.textContent = words;
  box.append(text);
  place.replaceChildren(box);
}

export function attach(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLElement>("[data-dismiss]")) {
    button.addEventListener("click", () => button.parentElement?.remove());
  }
  if (root !== document) return;
  const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, () => tell(FAILED[language]));
  }
}
