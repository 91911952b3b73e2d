/* Noto Sans SC as slices: the browser fetches only those whose characters are on the page. */
import "@fontsource-variable/noto-sans-sc/wght.css";
