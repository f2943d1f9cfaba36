use crate::diagnostic::Code;
use crate::model::{ParameterPlace, ParameterStyle, ParameterValue, SecuritySchemeKind, Status};
use crate::read::tests::read_text;

#[test]
fn parameters_have_the_styles_of_their_places() {
    let (reading, codes) = read_text(
        "
openapi: 3.2.0
info: {title: Pets, version: '1'}
paths:
  /pets/{a}:
    parameters:
      - {name: a, in: path, required: true, schema: {}}
      - {name: b, in: query, schema: {}}
    get:
      parameters:
        - {name: b, in: query, style: deepObject, allowReserved: true, allowEmptyValue: true, schema: {}}
        - {name: c, in: header, schema: {}}
        - {name: d, in: cookie, schema: {}}
        - {name: e, in: query, explode: false, schema: {}}
        - {name: f, in: query, content: {application/json: {schema: {}}}}
        - {name: g, in: cookie, style: cookie, schema: {}}
",
    );
    assert_eq!(codes, []);
    let styles = reading.model.operations[0].parameters.iter().map(|parameter| match &parameter.value {
        ParameterValue::Schema { style, explode, .. } => Some((*style, *explode)),
        ParameterValue::Content { .. } => None,
    });
    assert_eq!(
        styles.collect::<Vec<_>>(),
        [
            Some((ParameterStyle::Simple, false)),
            Some((ParameterStyle::DeepObject, false)),
            Some((ParameterStyle::Simple, false)),
            Some((ParameterStyle::Form, true)),
            Some((ParameterStyle::Form, false)),
            None,
            Some((ParameterStyle::Cookie, true)),
        ]
    );
    assert_eq!(reading.model.operations[0].parameters[1].place, ParameterPlace::Query);
}

#[test]
fn path_items_merge_with_what_they_refer_to() {
    let (reading, codes) = read_text(
        "
openapi: 3.2.0
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    summary: mine
    $ref: '#/components/pathItems/Pets'
    get: {operationId: mine}
components:
  pathItems:
    Pets:
      summary: theirs
      parameters: [{name: id, in: path, required: true, schema: {}}]
      get: {operationId: theirs}
      query: {operationId: query}
      additionalOperations: {COPY: {operationId: copy}}
",
    );
    assert_eq!(codes, [Code::NoEffect]);
    let operations: Vec<_> = reading
        .model
        .operations
        .iter()
        .map(|operation| {
            assert_eq!(operation.parameters.len(), 1);
            assert_eq!(operation.summary.as_ref().map(|text| text.value.as_str()), Some("mine"));
            (operation.method.as_str(), operation.id.as_ref().map(|id| id.value.as_str()))
        })
        .collect();
    assert_eq!(operations, [("GET", Some("mine")), ("QUERY", Some("query")), ("COPY", Some("copy"))]);
}

#[test]
fn responses_have_headers_ranges_and_media_types() {
    let (reading, codes) = read_text(
        "
openapi: 3.2.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object}
            encoding:
              photo: {contentType: 'image/png, image/jpeg', headers: {X-Size: {schema: {type: integer}}}}
              tags: {style: pipeDelimited}
              nested: {contentType: multipart/mixed, itemEncoding: {contentType: text/plain}}
          multipart/mixed:
            itemSchema: {type: string}
            prefixEncoding: [{contentType: application/json}]
      responses:
        '200':
          $ref: '#/components/responses/Pets'
          description: here
        4XX: {description: wrong}
        default: {description: else, content: {text/plain: {}, text/html: {}}}
      callbacks:
        done: {'{$request.body#/url}': {post: {requestBody: {$ref: '#/components/requestBodies/Done'}}}}
components:
  requestBodies: {Done: {content: {application/json: {}}}}
  mediaTypes: {Pet: {schema: {type: string}}}
  headers: {Total: {required: true, schema: {type: integer}}}
  links: {Next: {operationId: next, server: {url: /}}}
  responses:
    Pets:
      description: there
      headers: {X-Total: {$ref: '#/components/headers/Total'}, Content-Type: {schema: {}}}
      links: {next: {$ref: '#/components/links/Next'}}
      content: {application/json: {$ref: '#/components/mediaTypes/Pet'}}
",
    );
    assert_eq!(codes, [Code::NoEffect]);
    let operation = &reading.model.operations[0];
    let statuses: Vec<Status> = operation.responses.iter().map(|response| response.status.value).collect();
    assert_eq!(statuses, [Status::Code(200), Status::Range(4), Status::Default]);
    let first = &operation.responses[0];
    assert_eq!(first.description.as_ref().map(|text| text.value.as_str()), Some("here"));
    assert_eq!((first.headers.len(), first.headers[0].required), (1, true));
    assert!(first.content[0].schema.is_some());
    assert_eq!(operation.responses[2].content.len(), 2);
    let body = operation.request_body.as_ref().expect("it has one");
    let form = &body.content[0].encoding;
    assert_eq!((form[0].headers.len(), form[0].explode, form[1].explode), (1, true, false));
    assert!(form[2].item_part.is_some());
    assert_eq!((body.content[1].prefix_encoding.len(), body.content[1].item_schema.is_some()), (1, true));
}

#[test]
fn security_is_what_the_document_says() {
    let (reading, codes) = read_text(
        "
openapi: 3.2.0
info: {title: Pets, version: '1'}
security: [{a: [], b: [read]}, {}]
paths:
  /pets: {get: {}, put: {security: []}, post: {security: [{a: []}]}}
components:
  securitySchemes:
    a: {type: http, scheme: Basic}
    b: {type: oauth2, flows: {deviceAuthorization: {deviceAuthorizationUrl: /, tokenUrl: /, scopes: {read: read}}}}
    c: {type: openIdConnect, openIdConnectUrl: /}
    d: {type: mutualTLS}
    e: {type: http, scheme: Digest}
    f: {$ref: '#/components/securitySchemes/a'}
",
    );
    assert_eq!(codes, []);
    let model = reading.model;
    let kinds: Vec<_> = model.security_schemes.iter().map(|scheme| scheme.kind.clone()).collect();
    assert_eq!(
        kinds,
        [
            SecuritySchemeKind::Basic,
            SecuritySchemeKind::OAuth2,
            SecuritySchemeKind::OpenIdConnect,
            SecuritySchemeKind::MutualTls,
            SecuritySchemeKind::Http("Digest".to_owned()),
            SecuritySchemeKind::Basic,
        ]
    );
    let alternatives: Vec<Vec<usize>> = model
        .operations
        .iter()
        .map(|operation| operation.security.iter().map(|requirement| requirement.schemes.len()).collect())
        .collect();
    assert_eq!(alternatives, [vec![2, 0], vec![], vec![1]]);
    assert_eq!(model.operations[0].security[0].schemes[1].scopes, ["read"]);
}

#[test]
fn keys_of_paths_demand_queries() {
    let (reading, codes) = read_text(
        "
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets?action=list#all: {get: {}}
  /cats?kind={kind}:
    get: {parameters: [{name: kind, in: path, required: true, schema: {}}]}
",
    );
    assert_eq!(codes, [Code::InvalidValue]);
    let operations = &reading.model.operations;
    assert_eq!(operations[0].template.shape(), "/pets");
    assert_eq!(operations[0].query, [("action".to_owned(), Some("list".to_owned())), ("all".to_owned(), None)]);
    assert_eq!((operations[1].query.len(), operations[1].parameters[0].place), (0, ParameterPlace::Query));
}
