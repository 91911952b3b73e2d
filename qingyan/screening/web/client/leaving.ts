/*
 * Pages from which a pupil leaves: what was sealed on this machine is uploaded and told of, and signing out forgets it.
 */
import { upload } from "./sheet/leftovers.ts";
import { forgetAll, Vault } from "./sheet/vault.ts";

async function uploadLeftovers(line: HTMLElement): Promise<void> {
  const to = { sheet: line.dataset["sheet"] ?? "", sealedUrl: line.dataset["url"] ?? "" };
  const vault = await Vault.open();
  const rows = vault ? await vault.rowsOf(to.sheet).catch(() => []) : [];
  if (!vault || !rows.length) return;
  line.hidden = false;
  line.textContent = (line.dataset["waiting"] ?? "").replace("%n", String(rows.length));
  const standing = await upload(vault, to, rows);
  if (!standing || standing === "refused") return;
  const saved = standing.answers.filter((answer) => answer !== null).length;
  line.textContent = (line.dataset["done"] ?? "").replace("%n", String(saved));
}

document.querySelectorAll<HTMLFormElement>("form[data-sign-out]").forEach((form) => form.addEventListener("submit", forgetAll));
document.querySelectorAll<HTMLElement>("[data-leftovers]").forEach((line) => void uploadLeftovers(line));
