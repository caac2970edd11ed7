// Small comforts for the pages. Each page works without this file; nothing here decides anything.
import "../styles/pages.css";
import { codeEnter } from "./code-enter";
import { copyLinks } from "./copy";
import { countdowns } from "./countdown";
import { largeCodes } from "./large";
import { pollStatus } from "./poll";
import { searchDays } from "./search";
import { shareLinks } from "./share";
import { steppers } from "./steppers";
import { submitOnce } from "./submit-once";
import { yourTimes } from "./your-time";

steppers(document);
codeEnter(document);
submitOnce(document);
copyLinks(document);
shareLinks(document);
yourTimes(document);
largeCodes(document);
searchDays(document);
countdowns(document);
pollStatus(document);

// A page that comes back from the browser's memory shows an old clock and a spent button.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
