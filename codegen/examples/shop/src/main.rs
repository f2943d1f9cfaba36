//! Serves two orders.

/// The shop.
pub mod api {
    stubwright::include_api!("shop");
}

use api::{
    operations::{GetOrderRequest, GetOrderResponse, ListOrdersRequest, ListOrdersResponse},
    router, texts, traits,
    types::{Currency, Order},
};
use stubwright::{Context, Error, ServeOptions, document};
use tokio::net::TcpListener;

struct Shop;

fn orders() -> [Order; 2] {
    [Currency::Eur, Currency::Usd].map(|currency| Order {
        id: if currency == Currency::Eur { 1 } else { 2 },
        currency,
        replaces: None,
    })
}

impl traits::Api for Shop {
    async fn list_orders(&self, _: Context<()>, request: ListOrdersRequest) -> Result<ListOrdersResponse, Error> {
        let is_wanted = |order: &Order| request.currency.is_none_or(|wanted| wanted == order.currency);
        Ok(ListOrdersResponse::Ok(orders().into_iter().filter(is_wanted).collect()))
    }

    async fn get_order(&self, _: Context<()>, request: GetOrderRequest) -> Result<GetOrderResponse, Error> {
        let found = orders().into_iter().find(|order| order.id == request.id);
        Ok(found.map_or(GetOrderResponse::NotFound(None), GetOrderResponse::Ok))
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    println!("{address}");
    let app = router::new(Shop)
        .merge(document::routes("", &texts::DOCUMENT, &address))
        .fallback_service(document::not_found(&texts::DOCUMENT));
    stubwright::serve(listener, app, ServeOptions::default(), std::future::pending::<()>()).await;
    Ok(())
}
