/* The library's pages need only their own style. */
import "./instruments.css";
