// Begins Decap CMS with the configuration beside this file, and teaches it how the site's texts are written.

import { fileName } from "./file_name.js";
import { momentWidget } from "./moment.js";
import { FILE_NAME, formatOf } from "./text.js";

const { CMS, jsyaml } = window;
const config = jsyaml.load(await (await fetch("config.yml")).text());
const collections = new Map(config.collections.map((collection) => [collection.name, collection]));

for (const { name, extension, fields, files, file_name: rule } of collections.values()) {
  const format = { fields: fields ?? files[0].fields, day: rule?.day, plain: extension === "yml" };
  CMS.registerCustomFormat(name, extension, formatOf(jsyaml, format));
}
CMS.registerWidget("moment", momentWidget(window));
CMS.registerEventListener({
  name: "preSave",
  handler({ entry }) {
    const rule = collections.get(entry.get("collection")).file_name;
    const data = entry.get("data");
    return rule && entry.get("newRecord") ? data.set(FILE_NAME, fileName(data.toJS(), rule)) : data;
  },
});
CMS.init({ config: { ...config, load_config_file: false } });
