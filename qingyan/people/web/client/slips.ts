/* The sheet of slips needs only its own style: two columns to cut along. */
import "./slips.css";
