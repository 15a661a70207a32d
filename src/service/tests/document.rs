//! The interface and its document say the same.

use serde_json::Value;
use ureq::http::Method;

use super::support::{Service, document};

const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// A path with something in the place of what is left open.
fn filled(template: &str) -> String {
    let id = "01998f3c-0000-7000-8000-000000000000";
    let part = |part: &str| match part {
        "{kind}" => "display".to_owned(),
        open if open.starts_with('{') => id.to_owned(),
        part => part.to_owned(),
    };
    template.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn every_operation_of_the_document_is_there_and_no_other() {
    let service = Service::new();
    for (template, item) in document()["paths"].as_object().unwrap() {
        let path = filled(template);
        for method in METHODS {
            let described = item.get(method.as_str().to_lowercase());
            let request = service.request(method.clone(), &path, "").body(Vec::new()).unwrap();
            let answer = service.send(request);
            match described {
                // Nobody is known without a token; to join one needs none.
                Some(_) => assert_eq!(answer.status == 401, template != "/v1/join", "{method} {template}: {answer:?}"),
                None => assert_eq!(answer.status, 405, "{method} {template}: {answer:?}"),
            }
        }
    }
}

#[test]
fn the_routes_in_the_source_are_those_of_the_document() {
    // What stands in the interface without standing in the document would be a plain route there.
    let mut plain = Vec::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/service/http");
    let mut pending = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let routes = text.split(".route(").skip(1).filter_map(|rest| rest.split(',').next());
            plain.extend(routes.map(|route| route.trim().trim_matches('"').to_owned()));
        }
    }
    plain.sort();
    let expected =
        ["/enter/{secret}", "/health/live", "/health/ready", "/metrics", "/sign-in", "/sign-out", "DOCUMENT"];
    assert_eq!(plain, expected, "everything below /v1 is registered with its description");
    assert!(plain.iter().all(|route| !route.starts_with("/v1")));
}

#[test]
fn the_document_is_served_and_leads_nowhere_outside_itself() {
    let service = Service::new();
    let served: Value = service.get("/openapi.json", "").read(200);
    assert_eq!(&served, document());
    assert_eq!(served["openapi"].as_str().map(|version| &version[..2]), Some("3."));
    let mut references = Vec::new();
    collect(&served, &mut references);
    assert!(references.len() > 50);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference}"));
        assert!(served.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for (path, item) in served["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["summary"].is_string(), "{method} {path} says what it is for");
            let open = operation["security"].is_null();
            assert_eq!(open, path == "/v1/join", "{method} {path}");
        }
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            references.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|value| collect(value, references));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}
