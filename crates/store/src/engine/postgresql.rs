//! PostgreSQL: how a server is reached, what is asked of it, and what its errors mean.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::LOCK_WAIT_MS;
use crate::error::{Constraint, Error, Result};
use crate::value::Value;

/// How long a server may take to answer the first time.
const CONNECT_WAIT: Duration = Duration::from_secs(10);

/// Why a server elsewhere is not talked to: passwords and figures would cross the network readable.
const NO_TLS: &str = "this version of dotpha cannot encrypt the connection; run it beside the \
                      server, or write ?sslmode=disable when the network between them is safe";

/// A server's address, and the schema to work in when it is not the user's own.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    config: postgres::Config,
    schema: Option<String>,
}

impl Server {
    /// Reads a `postgres://` address.
    pub(super) fn parse(address: &str, schema: Option<&str>) -> Result<Self> {
        let mut config: postgres::Config = address
            .parse()
            .map_err(|error: postgres::Error| Error::BadAddress { reason: error.to_string() })?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_WAIT);
        }
        if config.get_application_name().is_none() {
            config.application_name("dotpha");
        }
        let named = |name: &str| {
            let starts_well = name.starts_with(|letter: char| letter.is_ascii_lowercase());
            let plain = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
            };
            starts_well && name.chars().all(plain) && name.len() < 64
        };
        match schema {
            Some(name) if !named(name) => {
                Err(Error::BadAddress { reason: format!("{name:?} is no name for a schema") })
            }
            schema => Ok(Self { config, schema: schema.map(str::to_owned) }),
        }
    }

    /// The address without the password.
    pub(super) fn place(&self) -> String {
        let hosts: Vec<String> = self
            .config
            .get_hosts()
            .iter()
            .map(|host| match host {
                Host::Tcp(name) => name.clone(),
                Host::Unix(folder) => folder.display().to_string(),
            })
            .collect();
        let ports: Vec<String> = self.config.get_ports().iter().map(u16::to_string).collect();
        let database = self.config.get_dbname().unwrap_or_default();
        format!("{}:{}/{database}", hosts.join(","), ports.join(","))
    }

    fn is_on_this_machine(&self) -> bool {
        let addresses = self.config.get_hostaddrs();
        if !addresses.is_empty() {
            return addresses.iter().all(IpAddr::is_loopback);
        }
        self.config.get_hosts().iter().all(|host| match host {
            Host::Unix(_) => true,
            Host::Tcp(name) => {
                name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
            }
        })
    }

    pub(super) fn drop_schema(&self) -> Result<()> {
        let Some(schema) = &self.schema else { return Ok(()) };
        let drop = format!("drop schema if exists {schema} cascade");
        self.connect()?.batch_execute(&drop).map_err(postgres_error)
    }

    fn connect(&self) -> Result<postgres::Client> {
        let failed = |reason: String| Error::CannotConnect { place: self.place(), reason };
        match self.config.get_ssl_mode() {
            SslMode::Disable => {}
            SslMode::Prefer if self.is_on_this_machine() => {}
            _ => return Err(failed(NO_TLS.to_owned())),
        }
        self.config.connect(postgres::NoTls).map_err(|error| failed(error.to_string()))
    }
}

pub(crate) struct Postgres {
    pub(super) client: postgres::Client,
    prepared: HashMap<&'static str, postgres::Statement>,
}

impl Postgres {
    pub(super) fn open(server: &Server) -> Result<Self> {
        let client = server.connect()?;
        let mut postgres = Self { client, prepared: HashMap::new() };
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            let value = postgres.show(setting)?;
            if value == "off" {
                return Err(Error::NotDurable { setting, value });
            }
        }
        postgres.batch(&format!("set lock_timeout = {LOCK_WAIT_MS}"))?;
        if let Some(schema) = &server.schema {
            postgres.batch(&format!("create schema if not exists {schema}"))?;
            postgres.batch(&format!("set search_path to {schema}"))?;
        }
        Ok(postgres)
    }

    pub(super) fn count(&mut self, table: &str) -> Result<u64> {
        let sql = format!("select count(*) from {table}");
        let row = self.client.query_one(&sql, &[]).map_err(postgres_error)?;
        let rows: i64 = row.try_get(0).map_err(postgres_error)?;
        Ok(rows.unsigned_abs())
    }

    fn show(&mut self, setting: &str) -> Result<String> {
        let row = self.client.query_one(&format!("show {setting}"), &[]).map_err(postgres_error)?;
        row.try_get(0).map_err(postgres_error)
    }

    /// One writer at a time, as on SQLite, however many programs share the server. The isolation
    /// level must be read committed: a snapshot taken before the lock was granted would be stale.
    pub(super) fn begin_writing(&mut self) -> Result<()> {
        self.batch(
            "begin isolation level read committed read write;
             select pg_advisory_xact_lock(hashtext('dotpha'), hashtext(current_schema()))",
        )
        .inspect_err(|_| self.roll_back())
    }

    pub(super) fn roll_back(&mut self) {
        // A client that cannot even roll back has lost its server, which `is_broken` tells.
        let _rolled_back = self.client.batch_execute("rollback");
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(postgres_error)
    }

    pub(super) fn prepare(&mut self, sql: &'static str) -> Result<postgres::Statement> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(postgres_error)?;
        self.prepared.insert(sql, statement.clone());
        Ok(statement)
    }
}

/// Says what a PostgreSQL error means here.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err, which hands over the error")]
pub(super) fn postgres_error(error: postgres::Error) -> Error {
    use postgres::error::SqlState;
    let Some(says) = error.as_db_error() else { return Error::Driver(error.to_string()) };
    let constraint = |rule| Error::Constraint { rule, says: says.message().to_owned() };
    match *says.code() {
        SqlState::UNIQUE_VIOLATION => constraint(Constraint::Unique),
        SqlState::FOREIGN_KEY_VIOLATION => constraint(Constraint::ForeignKey),
        SqlState::NOT_NULL_VIOLATION => constraint(Constraint::NotNull),
        SqlState::CHECK_VIOLATION => constraint(Constraint::Check),
        SqlState::LOCK_NOT_AVAILABLE => Error::Locked,
        SqlState::DISK_FULL => Error::DiskFull,
        _ => Error::Driver(says.to_string()),
    }
}

/// Says what went wrong while rows were copied.
pub(super) fn copy_error(error: std::io::Error) -> Error {
    let says = error.to_string();
    let inner = error.into_inner().and_then(|inner| inner.downcast::<postgres::Error>().ok());
    inner.map_or(Error::Driver(says), |inner| postgres_error(*inner))
}

/// The value of a column.
pub(super) fn postgres_value(
    row: &postgres::Row,
    index: usize,
) -> Result<Value<'_>, postgres::Error> {
    let kind = row.columns().get(index).map(postgres::Column::type_);
    let value = match kind {
        Some(&Type::BOOL) => row.try_get::<_, Option<bool>>(index)?.map(Value::Bool),
        Some(&Type::INT8) => row.try_get::<_, Option<i64>>(index)?.map(Value::Int),
        Some(&Type::INT4) => {
            row.try_get::<_, Option<i32>>(index)?.map(|number| Value::Int(number.into()))
        }
        Some(&Type::FLOAT8) => row.try_get::<_, Option<f64>>(index)?.map(Value::Real),
        Some(&Type::BYTEA) => row.try_get::<_, Option<&[u8]>>(index)?.map(Value::Blob),
        // The driver says what is wrong with any other type.
        _ => row.try_get::<_, Option<&str>>(index)?.map(Value::Text),
    };
    Ok(value.unwrap_or(Value::Null))
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match *self {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(value) if bool::accepts(kind) => value.to_sql(kind, out),
            Value::Int(value) if i64::accepts(kind) => value.to_sql(kind, out),
            Value::Real(value) if f64::accepts(kind) => value.to_sql(kind, out),
            Value::Text(text) if <&str as ToSql>::accepts(kind) => text.to_sql(kind, out),
            Value::Blob(bytes) if <&[u8] as ToSql>::accepts(kind) => bytes.to_sql(kind, out),
            value => Err(format!("{value:?} given where the statement wants {kind}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
