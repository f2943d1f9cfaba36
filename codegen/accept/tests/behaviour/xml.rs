//! Bodies that are XML, in both directions: what is read, what is refused and where, and what is written.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::xml::operations::AccountRequestBody;
use stubwright_accept::apis::xml::{operations, router, traits, types};
use stubwright_accept::apis::xml_3_2;

use super::{Answer, send, send_json};

struct Shop;

impl traits::Operations for Shop {
    echoes! {
        read_zoo: ReadZooRequest, ReadZooResponse;
        write_zoo: WriteZooRequest, WriteZooResponse;
        read_order: ReadOrderRequest, ReadOrderResponse;
        write_order: WriteOrderRequest, WriteOrderResponse;
        read_pets: ReadPetsRequest, ReadPetsResponse;
        write_pets: WritePetsRequest, WritePetsResponse;
        raw: RawRequest, RawResponse;
    }

    async fn account(
        &self,
        _: Context<()>,
        request: operations::AccountRequest,
    ) -> Result<operations::AccountResponse, Error> {
        let (AccountRequestBody::Json(body) | AccountRequestBody::Xml(body)) = request.body;
        let id = body.secret.map(|secret| i64::try_from(secret.len()).expect("a short one"));
        Ok(operations::AccountResponse::Ok(types::Account { id, name: body.name }))
    }

    async fn report(
        &self,
        _: Context<()>,
        request: operations::ReportRequest,
    ) -> Result<operations::ReportResponse, Error> {
        let lines = request.body.lines.into_iter().flatten().map(|line| line.to_string());
        Ok(operations::ReportResponse::Ok([request.body.at.to_string()].into_iter().chain(lines).collect()))
    }
}

struct Books;

mod book_store {
    use stubwright::{Context, Error};
    use stubwright_accept::apis::xml_3_2::{operations, traits};

    impl traits::Operations for super::Books {
        echoes! {
            read: ReadRequest, ReadResponse;
            write: WriteRequest, WriteResponse;
        }
    }
}

/// A server of the first document.
pub(super) fn shop() -> Router {
    router::new(Shop)
}

/// A server of the other one.
pub(super) fn books() -> Router {
    xml_3_2::router::new(Books)
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

async fn post(router: &Router, path: &str, body: &str) -> Answer {
    send(router, "POST", path, &[("content-type", "application/xml")], body.to_owned()).await
}

/// What a text is read as.
async fn read(router: &Router, path: &str, text: &str) -> Value {
    let answer = post(router, path, text).await;
    assert_eq!(answer.status, 200, "{text}: {}", answer.text);
    answer.json()
}

/// What a value is written as.
async fn written(router: &Router, path: &str, value: &Value) -> String {
    let answer = send_json(router, "POST", path, value.to_string()).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/xml"), "{value}: {}", answer.text);
    answer.text.strip_prefix(DECLARATION).expect("a declaration").to_owned()
}

/// What is wrong with a text: a JSON Pointer and a message each.
async fn wrong(path: &str, text: &str) -> Vec<String> {
    let answer = post(&shop(), path, text).await;
    assert_eq!(answer.status, 400, "{text}: {}", answer.text);
    let errors = answer.json()["errors"].as_array().expect("a list").clone();
    errors.iter().map(|error| format!("{} {}", error["pointer"], error["detail"]).replace('"', "")).collect()
}

/// The tables of OpenAPI 3.1.1 section 4.8.26, and what they leave open.
#[tokio::test]
async fn each_property_is_written_as_the_tables_say() {
    let router = shop();
    for (value, text) in [
        (json!({ "plain": "a" }), "<plain>a</plain>"),
        (json!({ "plain": "" }), "<plain/>"),
        (json!({ "plain": " a <b> & \"c\" ]]> \r\n\t" }), "<plain> a &lt;b&gt; &amp; \"c\" ]]&gt; &#13;\n\t</plain>"),
        (json!({ "list": ["a", "", "b"] }), "<list>a</list><list/><list>b</list>"),
        (json!({ "renamed": "a" }), "<animal>a</animal>"),
        (
            json!({ "person": { "id": 123, "name": "a" } }),
            "<person id=\"123\"><sample:name xmlns:sample=\"https://example.com/schema/sample\">a</sample:name></person>",
        ),
        (json!({ "person": {} }), "<person/>"),
        // The name in one of several parts is that part's, unless the part says nothing else.
        (json!({ "warden": { "cage": 7 } }), "<warden><cage>7</cage></warden>"),
        (json!({ "chief": { "id": 1 } }), "<boss id=\"1\"/>"),
        (json!({ "items": ["a", "b"] }), "<keeper>a</keeper><keeper>b</keeper>"),
        (json!({ "outer": ["a", "b"] }), "<guard>a</guard><guard>b</guard>"),
        (json!({ "both": ["a", "b"] }), "<both><both>a</both><both>b</both></both>"),
        (json!({ "both": [] }), "<both/>"),
        (json!({ "named": ["a", "b"] }), "<outside><inside>a</inside><inside>b</inside></outside>"),
        (json!({ "inner": ["a"] }), "<inner><beast>a</beast></inner>"),
        (json!({ "shell": ["a"] }), "<alias><alias>a</alias></alias>"),
        (
            json!({ "nested": [[1, 2], [], [3]] }),
            "<nested><nested>1</nested><nested>2</nested></nested><nested/><nested><nested>3</nested></nested>",
        ),
        (
            json!({ "map": { "a": 1, "b c": 2, "3": 3, "x:y": 4, "_x0041_": 5 } }),
            "<map><_x0033_>3</_x0033_><_x005F_x0041_>5</_x005F_x0041_><a>1</a><b_x0020_c>2</b_x0020_c><x_x003A_y>4</x_x003A_y></map>",
        ),
        (json!({ "lists": { "a": [true, false], "b": [true] } }), "<lists><a>true</a><a>false</a><b>true</b></lists>"),
        (json!({ "anything": { "a": ["b", "c"], "#text": "d" } }), "<anything><a>b</a><a>c</a>d</anything>"),
        (json!({ "odd name": "a" }), "<odd_x0020_name>a</odd_x0020_name>"),
        (json!({ "either": 5 }), "<either>5</either>"),
        (json!({ "either": [5, 6] }), "<either><either>5</either><either>6</either></either>"),
        (json!({ "either": { "deep": true } }), "<either><deep>true</deep></either>"),
        (json!({}), ""),
    ] {
        let whole = if text.is_empty() { "<Zoo/>".to_owned() } else { format!("<Zoo>{text}</Zoo>") };
        assert_eq!(written(&router, "/write/zoo", &value).await, whole);
        assert_eq!(read(&router, "/read/zoo", &whole).await, value, "{whole}");
        assert_eq!(read(&router, "/read/zoo", &format!("{DECLARATION}{whole}\n")).await, value, "{whole}");
    }
}

#[tokio::test]
async fn what_is_read_need_not_be_what_is_written() {
    let router = shop();
    for (text, value) in [
        // Whitespace between elements, comments, instructions, CDATA, references.
        (
            "\n<!-- a --><Zoo>\n  <list>a</list>\n  <?b?><list><![CDATA[<b>]]>&#x63;&lt;</list>\n</Zoo>\n",
            json!({ "list": ["a", "<b>c<"] }),
        ),
        ("<Zoo><plain>a\r\nb\rc</plain></Zoo>", json!({ "plain": "a\nb\nc" })),
        // Another order, and elements apart.
        ("<Zoo><list>a</list><plain>p</plain><list>b</list></Zoo>", json!({ "list": ["a", "b"], "plain": "p" })),
        // Whitespace around numbers; an attribute in single quotes.
        ("<Zoo><map><a> 1\n</a></map><person id=' 7 '/></Zoo>", json!({ "map": { "a": 1 }, "person": { "id": 7 } })),
        // Any prefix, where it is that of the namespace; any namespace where none is declared.
        (
            "<x:Zoo xmlns:x='urn:x'><person><n:name xmlns:n='https://example.com/schema/sample'>a</n:name></person></x:Zoo>",
            json!({ "person": { "name": "a" } }),
        ),
        (
            "<Zoo xmlns='https://example.com/schema/sample'><person><name>a</name></person></Zoo>",
            json!({ "person": { "name": "a" } }),
        ),
        // The same name in another namespace is another element, and unknown ones are left out.
        ("<Zoo><person><name>a</name><other b='c'><d/></other></person></Zoo>", json!({ "person": {} })),
        ("<Zoo xml:lang='de' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='Zoo'/>", json!({})),
        // A property that is written otherwise is not taken by its key.
        ("<Zoo><renamed>a</renamed></Zoo>", json!({})),
        (
            "<Zoo><anything a='1'>x<b>2</b></anything></Zoo>",
            json!({ "anything": { "a": "1", "b": "2", "#text": "x" } }),
        ),
        ("<Zoo><either> 5 </either></Zoo>", json!({ "either": 5 })),
    ] {
        assert_eq!(read(&router, "/read/zoo", text).await, value, "{text}");
    }
    let utf8 = "\u{feff}<?xml version='1.0' encoding='utf-8'?><Zoo><plain>é</plain></Zoo>";
    assert_eq!(read(&router, "/read/zoo", utf8).await, json!({ "plain": "é" }));
}

#[tokio::test]
async fn namespaces_attributes_and_null() {
    let router = shop();
    let value = json!({ "id": 1, "unit": "kg & \"t\"", "lines": [{ "sku": "A", "count": 2 }], "note": null, "discount": null, "paid": true });
    let text = "<s:order xmlns:s=\"urn:shop\" id=\"1\" xmlns:u=\"urn:units\" u:unit=\"kg &amp; &quot;t&quot;\">\
        <line sku=\"A\"><count>2</count></line>\
        <s:note xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>\
        <discount xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>\
        <is-paid xmlns=\"urn:other\">true</is-paid></s:order>";
    assert_eq!(written(&router, "/write/order", &value).await, text);
    assert_eq!(read(&router, "/read/order", text).await, value);
    // Defaults; an array without items; null that is empty.
    let text = "<order xmlns='urn:shop' id='1'><note>a</note><discount/></order>";
    let value = json!({ "id": 1, "lines": [], "note": "a", "discount": null, "paid": false });
    assert_eq!(read(&router, "/read/order", text).await, value);
}

#[tokio::test]
async fn violations_have_the_places_that_they_have_in_json() {
    let order = |inner: &str| format!("<order xmlns='urn:shop' id='1'><note>a</note>{inner}</order>");
    for (text, reasons) in [
        (
            order("<line sku='a'><count>0</count></line>"),
            vec!["#/lines/0/sku must match the pattern ^[A-Z]+$", "#/lines/0/count must be at least 1"],
        ),
        (
            order("<line sku='A'><count>x</count></line><line/>"),
            vec!["#/lines/0/count expected an integer", "#/lines/1/sku is required"],
        ),
        (order("<note>b</note>"), vec!["#/note is given more than once"]),
        (order("<more/>"), vec!["#/more is not allowed here"]),
        (order("<paid>true</paid>"), vec!["#/%3Cpaid%3E is not allowed here"]),
        (order("text"), vec!["# has text where none may be"]),
        (
            "<order xmlns='urn:shop' id='x' more=''/>".to_owned(),
            vec!["#/id expected an integer", "#/more is not allowed here", "#/note is required"],
        ),
        (
            "<order id='1'><note xmlns='urn:shop'/></order>".to_owned(),
            vec!["# must be the element `order` of the namespace `urn:shop`"],
        ),
        ("<Order xmlns='urn:shop'/>".to_owned(), vec!["# must be the element `order` of the namespace `urn:shop`"]),
        (order("").replace("<note>a", "<note>aaaaaaaaaaaaaaaaaaaaa"), vec!["#/note must have at most 20 characters"]),
    ] {
        assert_eq!(wrong("/read/order", &text).await, reasons, "{text}");
    }
    let zoo = "<Zoo><outside><inside>a</inside><beast>b</beast></outside><plain><b/></plain></Zoo>";
    assert_eq!(
        wrong("/read/zoo", zoo).await,
        ["#/named holds an element that is not `inside`", "#/plain holds elements, and may not"]
    );
}

#[tokio::test]
async fn what_is_no_xml_is_refused_with_its_place() {
    let router = shop();
    for (text, message) in [
        ("<!-- -->", "has no root element, line 1 column 9"),
        ("<Zoo>", "malformed XML, line 1 column 6"),
        ("<Zoo>\n <a></b></Zoo>", "malformed XML, line 2 column 5"),
        ("<Zoo/><Zoo/>", "malformed XML, line 1 column 13"),
        ("<Zoo/>a", "malformed XML, line 1 column 8"),
        ("{}", "malformed XML, line 1 column 3"),
        (
            "<!DOCTYPE Zoo [<!ENTITY a \"b\">]><Zoo>&a;</Zoo>",
            "a document type declaration is not accepted, line 1 column 33",
        ),
        ("<Zoo><plain>&a;</plain></Zoo>", "an entity is not known, line 1 column 16"),
        (
            "<?xml version='1.0' encoding='ISO-8859-1'?><Zoo/>",
            "is declared to be in another encoding than UTF-8, line 1 column 44",
        ),
        ("<Zoo><a:b/></Zoo>", "a prefix stands for no namespace, line 1 column 12"),
        ("<Zoo a='1' a='2'/>", "malformed XML, line 1 column 19"),
        ("<Zoo a='<'/>", "malformed XML, line 1 column 13"),
        ("<Zoo><plain>\u{1}</plain></Zoo>", "malformed XML, line 1 column 14"),
        ("<Zoo><plain>&#1;</plain></Zoo>", "malformed XML, line 1 column 17"),
        ("<Zoo><1/></Zoo>", "malformed XML, line 1 column 10"),
    ] {
        assert_eq!(wrong("/read/zoo", text).await, [format!("# {message}")], "{text}");
    }
    let utf16: Vec<u8> = "<Zoo/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = [&b"<Zoo><plain>"[..], &[0xe9], b"</plain></Zoo>"].concat();
    for body in [utf16, latin] {
        let answer = send(&router, "POST", "/read/zoo", &[("content-type", "application/xml")], body).await;
        assert_eq!(answer.status, 400, "{}", answer.text);
    }
    let headers = [("content-type", "application/xml; charset=utf-16")];
    assert_eq!(send(&router, "POST", "/read/zoo", &headers, "<Zoo/>").await.status, 415);
    assert_eq!(send_json(&router, "POST", "/read/zoo", "{}").await.status, 415);
}

#[tokio::test]
async fn heirs_are_told_by_their_tag() {
    let router = shop();
    let value = json!([{ "kind": "Cat", "name": "a", "lives": 9 }, { "kind": "Dog", "name": "b", "tricks": ["c", "d"] }, { "kind": "Pet", "name": "e" }]);
    let text = "<Pets><pet kind=\"Cat\"><name>a</name><lives>9</lives></pet>\
        <pet kind=\"Dog\"><name>b</name><tricks><trick>c</trick><trick>d</trick></tricks></pet>\
        <pet kind=\"Pet\"><name>e</name></pet></Pets>";
    assert_eq!(written(&router, "/write/pets", &value).await, text);
    assert_eq!(read(&router, "/read/pets", text).await, value);
    assert_eq!(read(&router, "/read/pets", "<Pets/>").await, json!([]));
    let text = "<Pets><pet kind=\"Cat\"><name/></pet></Pets>";
    assert_eq!(wrong("/read/pets", text).await, ["#/0/name must have at least 1 character", "#/0/lives is required"]);
}

#[tokio::test]
async fn both_directions_and_both_media_types_have_one_type() {
    let router = shop();
    let answer = "<Account><id>2</id><name>a</name></Account>";
    for (content_type, body) in [
        ("application/json", r#"{"name":"a","secret":"bc"}"#),
        ("application/xml", "<Account><name>a</name><secret>bc</secret></Account>"),
        ("text/xml; charset=utf-8", "<Account><name>a</name><secret>bc</secret></Account>"),
    ] {
        let found = send(&router, "POST", "/account", &[("content-type", content_type)], body).await;
        assert_eq!((found.status, found.header("content-type")), (200, "application/vnd.account+xml"));
        assert_eq!(found.text, format!("{DECLARATION}{answer}"));
    }
    // A root without a name.
    let answer = post(&router, "/report", "<any><at>2020-01-02</at><lines>1</lines><lines>2</lines></any>").await;
    assert_eq!(answer.text, format!("{DECLARATION}<root><item>2020-01-02</item><item>1</item><item>2</item></root>"));
    assert_eq!(wrong("/report", "<any><at>x</at><lines/></any>").await.len(), 2);
    // A text alone is XML as it is.
    let answer = post(&router, "/raw", "<a>b</a>").await;
    assert_eq!((answer.text.as_str(), answer.header("content-type")), ("<a>b</a>", "text/xml"));
}

/// OpenAPI 3.2.0 sections 4.26.2 and 4.26.3.
#[tokio::test]
async fn node_types_of_3_2() {
    let router = books();
    let value = json!({
        "isbn": "1", "title": { "lang": "en", "value": "a < b" }, "blurb": { "text": "<p>]]>\r</p>", "lang": "de" },
        "place": { "shelf": 1, "row": 2 }, "authors": ["c", "d"], "tags": ["e", "f"], "chapters": ["g", "h"], "size": [3, 4, "cm"],
    });
    let text = "<Book isbn=\"1\" row=\"2\"><Title lang=\"en\">a &lt; b</Title>\
        <about lang=\"de\"><![CDATA[<p>]]]]><![CDATA[>]]>&#13;<![CDATA[</p>]]></about><shelf>1</shelf>\
        <authors><author>c</author><author>d</author></authors><tags>e</tags><tags>f</tags>\
        <chapter>g</chapter><chapter>h</chapter><size><width>3</width><height>4</height><unit>cm</unit></size></Book>";
    assert_eq!(written(&router, "/write", &value).await, text);
    assert_eq!(read(&router, "/read", text).await, value);
    assert_eq!(read(&router, "/read", "<Book><Title/></Book>").await, json!({ "title": { "value": "" } }));
    let answer = post(&router, "/read", "<Book><title>a</title></Book>").await;
    assert_eq!(answer.json()["errors"][0]["pointer"], "#/title");
}
