// What organizers' pages have beside the small comforts of all pages. Each page works without it.
import "../styles/portal/portal.css";
import { autosave } from "./autosave";
import { charts } from "./chart";
import { faults } from "./faults";
import { live } from "./live";
import { look } from "./look";
import { price } from "./price";
import { refresh } from "./refresh";
import { tabs } from "./tabs";
import { unsaved } from "./unsaved";
import { words } from "./words";

charts(document);
live(document, charts);
autosave(document);
look(document);
price(document);
faults(document);
refresh(document);
tabs(document);
unsaved(document);
words(document);
