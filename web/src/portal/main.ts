// What organizers' pages have beside the small comforts of all pages. Each page works without it.
import "../styles/portal/portal.css";
import { charts } from "./chart";
import { live } from "./live";

charts(document);
live(document, charts);
