// Parses programs in TypeScript, and prints the `defaultHeaders` of each and the program without them as JSON.
//
// Standard input is a JSON list of texts.
const ts = require("typescript");
const fs = require("fs");

function read(text) {
  const file = ts.createSourceFile("app.mts", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  if (file.parseDiagnostics.length > 0) throw new Error(JSON.stringify(text));
  const headers = {};
  let rest = text;
  function visit(node) {
    if (ts.isPropertyAssignment(node) && node.name.text === "defaultHeaders") {
      for (const header of node.initializer.properties) {
        if (!ts.isStringLiteral(header.initializer)) throw new Error(JSON.stringify(text));
        headers[header.name.text] = header.initializer.text;
      }
      rest = text.slice(0, node.pos) + text.slice(node.end);
    } else {
      ts.forEachChild(node, visit);
    }
  }
  visit(file);
  return { headers, rest };
}

process.stdout.write(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(read)));
