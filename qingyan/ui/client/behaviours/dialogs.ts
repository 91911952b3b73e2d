/* Opens and closes <dialog> elements; the browser keeps the focus inside and gives it back. */
export function attach(root: ParentNode): void {
  for (const opener of root.querySelectorAll<HTMLElement>("[data-dialog-open]")) {
    opener.addEventListener("click", (event) => {
      const dialog = document.getElementById(opener.dataset["dialogOpen"] ?? "");
      if (!(dialog instanceof HTMLDialogElement)) return;
      event.preventDefault();
      dialog.showModal();
    });
  }
  for (const closer of root.querySelectorAll<HTMLElement>("[data-dialog-close]")) {
    closer.addEventListener("click", () => closer.closest("dialog")?.close());
  }
  for (const dialog of root.querySelectorAll<HTMLDialogElement>("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }
}
