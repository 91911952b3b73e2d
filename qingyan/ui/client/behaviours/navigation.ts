/* The side navigation as a drawer on narrow screens. Without this file the same links work through :target. */
function openDrawer(button: HTMLElement): void {
  const side = document.getElementById("navigation");
  if (!side) return;
  document.documentElement.dataset["nav"] = "open";
  button.setAttribute("aria-expanded", "true");
  side.querySelector<HTMLElement>("a[href]")?.focus();
}

function closeDrawer(): void {
  if (document.documentElement.dataset["nav"] !== "open") return;
  delete document.documentElement.dataset["nav"];
  const button = document.querySelector<HTMLElement>("[data-nav-open]");
  button?.setAttribute("aria-expanded", "false");
  button?.focus();
}

function closeMenus(except: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

export function attach(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLElement>("[data-nav-open]")) {
    button.setAttribute("role", "button");
    button.addEventListener("click", (event) => {
      event.preventDefault();
      openDrawer(button);
    });
  }
  for (const closer of root.querySelectorAll<HTMLElement>("[data-nav-close]")) {
    closer.addEventListener("click", (event) => {
      event.preventDefault();
      closeDrawer();
    });
  }
  if (root !== document) return;
  document.addEventListener("click", (event) => closeMenus(event.target as Node));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    closeDrawer();
    closeMenus(null);
  });
}
