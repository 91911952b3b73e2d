/* The buttons that the screen makes: an answer to choose, a question to jump to. */

export function optionButton(position: number, label: string, on: boolean, choose: () => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ask-option";
  button.setAttribute("role", "radio");
  button.setAttribute("aria-checked", String(on));
  button.tabIndex = on || position === 0 ? 0 : -1;
  const key = document.createElement("b");
  key.setAttribute("aria-hidden", "true");
  key.textContent = String(position + 1);
  button.append(key, label);
  button.addEventListener("click", choose);
  return button;
}

export function mark(buttons: HTMLElement[], isOn: (position: number) => boolean): void {
  buttons.forEach((button, position) => {
    button.setAttribute("aria-checked", String(isOn(position)));
    button.tabIndex = isOn(position) ? 0 : -1;
  });
}

export function jumpButton(text: string, label: string, jump: () => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", jump);
  return button;
}
