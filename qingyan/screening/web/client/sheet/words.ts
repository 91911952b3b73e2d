/* Words come from the page, so that they are translated where all other words are. */

/** The page's words by name; a missing one shows its name, so that a test finds it. */
export function words(): (name: string, count?: number) => string {
  const place = document.getElementById("answering-words");
  return (name, count) => (place?.dataset[`say${name[0]!.toUpperCase()}${name.slice(1)}`] ?? name).replace("%n", String(count ?? ""));
}
