/* Public and pupils' pages, down to Chromium 86: no framework, nothing kept on the machine. */
import "./styles/plain.css";
import { fetchFontsIfMissing } from "./fonts/missing.ts";

fetchFontsIfMissing();
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
