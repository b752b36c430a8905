import type { OfficialArtwork, ProductInformationAnswer, RepairLine } from "../contract/types.js";
import { define, h, readOn, sheet, WidgetElement } from "../shared/index.js";
import css from "./style.css";

const STYLES = sheet(css);

/** What comes with a product: documents, spare parts and repair, the producer's label, the EU notice; or nothing. */
class ProductInformation extends WidgetElement<ProductInformationAnswer> {
  constructor() {
    super(STYLES);
  }

  protected override address(): string {
    return this.question("product-information", "country", "product", "sku");
  }

  protected override layOut({ heading, documents, repair, label, notice }: ProductInformationAnswer): HTMLElement | null {
    const files = documents?.items.map((each) => {
      const name = readOn({ text: each.name, url: each.url });
      name.className = "name";
      name.setAttribute("download", "");
      return h("li", "file", name, ...[each.file, each.validity].filter(Boolean).map((note) => h("span", "note", note)));
    });
    const parts = [
      ...(documents && files ? [h("h3", "title", documents.heading), h("ul", "files", ...files)] : []),
      ...(repair ? [h("h3", "title", repair.heading), h("dl", "rows", ...repair.rows.map(row))] : []),
      ...(label ? [h("details", "label", fold(h("span", "title", label.heading), label.action), picture(label))] : []),
      ...(notice ? [h("h3", "title", notice.heading), picture(notice), ...transcript(notice)] : []),
    ];
    return parts.length > 0 ? h("section", "information", h("h2", "heading", heading), ...parts) : null;
  }
}

function row({ term, text, language, link }: RepairLine): HTMLElement {
  const words = h("span", "", text);
  words.dir = "auto";
  if (language) words.lang = language;
  return h("div", "row", h("dt", "term", term), h("dd", "said", ...(text ? [words] : []), ...(link ? [readOn(link)] : [])));
}

function fold(...words: [...HTMLElement[], string]): HTMLElement {
  const action = words.pop() as string;
  return h("summary", "fold", ...words, h("span", "note", action), h("span", "chevron"));
}

/** The artwork whole and unedited; the browser keeps its place by its proportions and fetches it when it comes near. */
function picture(art: OfficialArtwork): HTMLElement {
  if (!art.is_picture) return readOn({ text: `${art.heading} (PDF)`, url: art.url });
  const image = h("img", "art");
  image.loading = "lazy";
  image.decoding = "async";
  image.width = art.width;
  image.height = art.height;
  image.alt = art.alt;
  image.src = art.url;
  return image;
}

function transcript({ action, transcript: lines }: OfficialArtwork): HTMLElement[] {
  return lines.length > 0 ? [h("details", "", fold(action), ...lines.map((line) => h("p", "line", line)))] : [];
}

define("aftercare-product-information", ProductInformation);
