/* The guardians' page. */
import { takePrintedCode } from "../../../ui/client/behaviours/printed_code.ts";
import "./guardian.css";

takePrintedCode();
