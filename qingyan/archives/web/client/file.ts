/* The file needs only its own style; before printing every folded result is opened. */
import "./file.css";

export function attach(root: ParentNode): void {
  const results = root.querySelectorAll<HTMLDetailsElement>(".result-box");
  if (results.length === 0) return;
  window.addEventListener("beforeprint", () => results.forEach((result) => (result.open = true)));
}
