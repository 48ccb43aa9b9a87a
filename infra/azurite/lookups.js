"use strict";

// Azurite asks its database, Loki, for a blob by account, container and name in this order, and Loki applies an index to
// the first of them alone: every request then walks through all blobs of the account, several times. Asked for by name
// first, a blob is found in the same time however many there are.
//
// Loki's indices compare texts that look like numbers as numbers, in an order in which "10" < "1a" < "9" < "10", so that
// a search by name could miss. Here texts are compared as texts, and an index that was saved in the other order is
// sorted anew when it is loaded.

const Loki = require("lokijs");

function compareAsTexts(name, compare) {
  const other = Loki.Comparators[name];
  Loki.Comparators[name] = (left, right, orEqual) =>
    typeof left === "string" && typeof right === "string" ? compare(left, right, orEqual) : other(left, right, orEqual);
}

compareAsTexts("aeq", (left, right) => left === right);
compareAsTexts("lt", (left, right, orEqual) => left < right || (orEqual === true && left === right));
compareAsTexts("gt", (left, right, orEqual) => left > right || (orEqual === true && left === right));

const find = Loki.Resultset.prototype.find;
Loki.Resultset.prototype.find = function (query, firstOnly) {
  const byName = typeof query?.name === "string" ? { name: query.name, ...query } : query;
  return find.call(this, byName, firstOnly);
};

const load = Loki.prototype.loadJSONObject;
Loki.prototype.loadJSONObject = function (database, options) {
  load.call(this, database, options);
  for (const collection of this.collections)
    if (collection.binaryIndices.name) collection.ensureIndex("name", true);
};
