//! A provider of identities, by the `oidc` crate.

use app::ports::{Coming, Leaving, Person, Provider, ProviderError};
use async_trait::async_trait;
use model::time::Time;
use oidc::{Client, Error};

/// A provider that speaks OpenID Connect.
pub struct OidcProvider {
    client: Client,
    name: String,
}

impl OidcProvider {
    /// A provider under the name that people know it by.
    pub fn new(client: Client, name: &str) -> Self {
        Self {
            client,
            name: name.to_owned(),
        }
    }
}

fn failed(error: &Error) -> ProviderError {
    match error {
        Error::Away(why) => ProviderError::Away(why.clone()),
        other => ProviderError::Refused {
            code: other.code(),
            why: other.to_string(),
        },
    }
}

#[async_trait]
impl Provider for OidcProvider {
    fn name(&self) -> &str {
        &self.name
    }

    fn issuer(&self) -> &str {
        self.client.issuer()
    }

    async fn address(&self, now: Time, leaving: &Leaving<'_>) -> Result<String, ProviderError> {
        let leaving = oidc::Leaving {
            back: leaving.back,
            state: leaving.state,
            nonce: leaving.nonce,
            challenge: leaving.challenge,
            lang: leaving.lang,
        };
        let address = self.client.address(now.seconds(), &leaving).await;
        address.map_err(|error| failed(&error))
    }

    async fn person(&self, now: Time, coming: &Coming<'_>) -> Result<Person, ProviderError> {
        let coming = oidc::Coming {
            back: coming.back,
            code: coming.code,
            issuer: coming.issuer,
            verifier: coming.verifier,
            nonce: coming.nonce,
        };
        let person = self.client.person(now.seconds(), &coming).await;
        let person = person.map_err(|error| failed(&error))?;
        Ok(Person {
            subject: person.subject,
            email: person.email,
            email_verified: person.email_verified,
            name: person.name,
        })
    }

    async fn ping(&self, now: Time) -> Result<(), ProviderError> {
        let answer = self.client.ping(now.seconds()).await;
        answer.map_err(|error| failed(&error))
    }
}
