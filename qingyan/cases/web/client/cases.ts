/* Shapes of the cases' pages; they need no behaviour of their own. */
import "./cases.css";
