/* The characters that the everyday slices lack (see rare_faces.ts); fetched after the page, slices only when needed. */
import "@chinese-fonts/syst/dist/SourceHanSerifCN/result.css";
