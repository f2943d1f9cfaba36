"""What the gate of example servers does not hold against a server, each with its reason.

The one rule: an exception is as narrow as the failure: the document, the check and a text that only this failure shows.
"""

# Failures that are not the server's: the end of the document's path, the check (or the title of an error), a text that
# stands in what the tool says of it, and the reason.
LEFT_OUT = [
    # OpenAPI 3.0 gives `exclusiveMinimum` a boolean, and the document a number: we read what is meant.
    ("008-constraints/008-integer-exclusive-min-max.yaml", "Schema Error", "exclusiveM", "the document is not OpenAPI 3.0"),
    ("008-constraints/008-integer-exclusive-min-max.yaml", "untested", "1 of 2", "the document is not OpenAPI 3.0"),
    # The case {"content": "", "id": "text", ...} of the stateful phase, which the tool itself calls positive.
    ("007-formats/022-binary.yaml", "ST201", "Invalid component: positive test case", "a valid body"),
    # The schema's name, which is the tag, is `Circle`, and the tag's `const` is `circle`: no value is both.
    ("020-openapi-3-1/012-discriminator-const-type.yaml", "ST111", "with value 'circle'", "the document contradicts itself"),
    # The events of a stream are taken for the whole body, which is what a schema beside `itemSchema` is of.
    ("torture/torture.yaml", "ST108", "GET /stream", "events are judged by the schema of the body"),
    # In its own generation of multipart bodies.
    ("torture/torture.yaml", "Runtime Error", "Unsupported type: 'Binary'", "the tool crashes"),
    # An array of one text looks in a form as that text; how one of objects looks is not defined, and the tool writes keys.
    ("real/swagger-petstore-v3.yaml", "ST201", "photoUrls: Incorrect type", "a text in a form is an array of one text"),
    ("real/swagger-petstore-v3.yaml", "ST202", "&tags=id&tags=name", "objects of an array in a form"),
    ("real/scalar-galaxy.yaml", "Schema Error", "properties -> image -> examples", "`examples` of a schema is an object"),
    ("real/scalar-galaxy.yaml", "untested", "8 of 9", "`examples` of a schema is an object"),
    # It reads `.` as Python does: of ECMA-262 it is no carriage return.
    ("real/polaris-management.yaml", "ST202", "must match the pattern ^(?!", "`.` and line ends"),
    # Heirs of a schema with a discriminator are meant by their tags; the tool knows the base alone.
    ("real/polaris-management.yaml", "ST202", "/storageConfigInfo/", "heirs by tag"),
    ("real/polaris-management.yaml", "ST202", "#/grant/privilege", "heirs by tag"),
    # A component that `mapping` does not name is meant by its own name (OpenAPI 3.1.1 section 4.8.25).
    # It fills `{table_id}`, a UUID, with the name of a table that an earlier request had.
    ("real/unitycatalog-delta.yaml", "ST202", "\"name\":\"table_id\",\"detail\":\"expected a UUID", "an invalid link"),
    ("real/unitycatalog-delta.yaml", "ST111", "'DeltaPrimitiveType'", "an implicit tag"),
]

# Documents whose items can be made and deleted: an example server keeps nothing, so that what is deleted is still there,
# which is ST301.
KEPT = [
    "revoke/crud.yaml",
    "real/apisguru-httpbin.json",
    "real/polaris-management.yaml",
    "real/redocly-museum.yaml",
    "real/swagger-petstore-v3.yaml",
    "real/train-travel.yaml",
    "real/unitycatalog-delta.yaml",
]
