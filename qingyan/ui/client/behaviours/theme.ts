/* Light or dark: the machine's wish until the person chooses; the choice stays on this machine. */
const KEY = "qingyan-theme";

type Theme = "light" | "dark";

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function show(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

function toggle(): void {
  const next: Theme = document.documentElement.dataset["theme"] === "dark" ? "light" : "dark";
  show(next);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // A browser without storage forgets the choice; nothing else depends on it.
  }
}

export function attach(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-theme-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", toggle);
  }
  if (root !== document) return;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
    if (!remembered()) show(event.matches ? "dark" : "light");
  });
}
