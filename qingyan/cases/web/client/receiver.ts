/* The receiver's page of a referral. */
import { takePrintedCode } from "../../../ui/client/behaviours/printed_code.ts";
import "./receiver.css";

takePrintedCode();
