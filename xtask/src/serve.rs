//! The development and test server: one folder, on the loopback address, with the headers of a careful production host.
//!
//! It compresses as a production host would, so that what the browser's network panel shows is what a learner would download.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::ACCEPT_ENCODING;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::{size, url};

/// The policy that the widget promises to live with (no inline script or style, nothing from elsewhere).
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     connect-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'none'";

/// A level of Brotli that no visitor waits for.
const QUICK_QUALITY: u32 = 2;

/// How files travel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    /// Compressed, for browsers that accept it: as in production.
    Brotli,
    /// Compressed in a moment, for tests: the first visitor of a file would wait seconds for the smallest form.
    QuickBrotli,
    /// As they are: compressing an unoptimised build would take longer than loading it.
    Plain,
}

/// A running server. It stops when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    // Both stop with the server.
    runtime: Runtime,
    accepting: JoinHandle<()>,
}

impl Server {
    /// Serves `folder` on `port` or one of the `spare` ports after it; port 0 means any free one.
    pub(crate) fn start(folder: &Path, port: u16, spare: u16, wire: Wire) -> Result<Self> {
        let folder =
            folder.canonicalize().with_context(|| format!("there is no folder {} to serve", folder.display()))?;
        let listener = listen(port, spare)?;
        let address = listener.local_addr().context("the listener has no address")?;
        let runtime = Builder::new_multi_thread().enable_io().build().context("cannot start the server")?;
        let site = Arc::new(Site::new(folder, wire));
        listener.set_nonblocking(true).context("cannot start the server")?;
        let accepting = runtime.spawn(async move {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            loop {
                // A browser that went away is not our trouble.
                if let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(talk(stream, Arc::clone(&site)));
                }
            }
        });
        Ok(Self { address, runtime, accepting })
    }

    /// The address to open.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until the program is stopped.
    pub(crate) fn wait(self) {
        let _ = self.runtime.block_on(self.accepting);
    }
}

/// Answers the requests of one connection.
async fn talk(stream: TcpStream, site: Arc<Site>) {
    let service = service_fn(|request: Request<Incoming>| {
        let site = Arc::clone(&site);
        async move {
            // One slow compression must not hold up other files.
            let answered = spawn_blocking(move || site.answer(&request)).await;
            Ok::<_, Infallible>(answered.unwrap_or_else(|_| response(text(500, "500: this server has a fault"))))
        }
    });
    let _ = http1::Builder::new().title_case_headers(true).serve_connection(TokioIo::new(stream), service).await;
}

fn listen(port: u16, spare: u16) -> Result<TcpListener> {
    let last = port.saturating_add(spare);
    for candidate in port..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, candidate)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).with_context(|| format!("cannot listen on port {candidate}")),
        }
    }
    bail!("ports {port} to {last} are all in use: choose another one with --port")
}

/// The served folder and what has been compressed of it.
struct Site {
    folder: PathBuf,
    wire: Wire,
    compressed: Mutex<HashMap<PathBuf, Compressed>>,
}

/// A compressed file, and the date of the file it was made from: a rebuild while the server runs must show.
#[derive(Clone)]
struct Compressed {
    modified: SystemTime,
    bytes: Arc<Vec<u8>>,
}

/// What goes out, before it becomes a response of the HTTP crate.
struct Answer {
    status: u16,
    media_type: &'static str,
    brotli: bool,
    body: Vec<u8>,
}

impl Site {
    fn new(folder: PathBuf, wire: Wire) -> Self {
        Self { folder, wire, compressed: Mutex::default() }
    }

    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let mut accepted = request.headers().get_all(ACCEPT_ENCODING).iter();
        let brotli = accepted.any(|value| value.to_str().is_ok_and(url::accepts_brotli));
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        response(match *request.method() {
            Method::GET | Method::HEAD => self.find(target, brotli),
            _ => text(405, "405: this server only shows files"),
        })
    }

    fn find(&self, target: &str, brotli: bool) -> Answer {
        self.file(target, brotli).unwrap_or_else(|| text(404, "404: there is no such file here"))
    }

    fn file(&self, target: &str, brotli: bool) -> Option<Answer> {
        let segments = url::segments(target)?;
        let media_type = url::media_type(segments.last()?);
        let mut path = self.folder.clone();
        path.extend(&segments);
        // The segments are safe; a symbolic link in the folder need not be.
        let path = path.canonicalize().ok().filter(|path| path.starts_with(&self.folder))?;
        let modified = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?.modified().ok()?;
        let brotli = brotli && self.wire != Wire::Plain && url::compresses(media_type);
        let body = if brotli { self.compress(&path, modified)? } else { fs::read(&path).ok()? };
        Some(Answer { status: 200, media_type, brotli, body })
    }

    fn compress(&self, path: &Path, modified: SystemTime) -> Option<Vec<u8>> {
        let cache = || self.compressed.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cache().get(path).filter(|known| known.modified == modified).cloned();
        if let Some(known) = known {
            return Some(known.bytes.to_vec());
        }
        // The lock is not held here: two requests may do the work twice, but none waits for another file's.
        let file = fs::read(path).ok()?;
        let bytes =
            if self.wire == Wire::QuickBrotli { size::brotli_at(QUICK_QUALITY, &file) } else { size::brotli(&file) };
        let entry = Compressed { modified, bytes: Arc::new(bytes.clone()) };
        cache().insert(path.to_owned(), entry);
        Some(bytes)
    }
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in headers(answer.media_type, answer.brotli, answer.status) {
        response = response.header(name, value);
    }
    // Status and headers are our own constants.
    response.body(Full::new(answer.body.into())).unwrap_or_default()
}

fn text(status: u16, message: &str) -> Answer {
    Answer {
        status,
        media_type: url::media_type("message.txt"),
        brotli: false,
        body: format!("{message}\n").into_bytes(),
    }
}

fn headers(media_type: &str, brotli: bool, status: u16) -> Vec<(&'static str, &str)> {
    let mut headers = vec![
        ("Content-Type", media_type),
        ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        // A rebuild must show on reload.
        ("Cache-Control", "no-cache"),
        ("Vary", "Accept-Encoding"),
        // The widget is embedded in pages of other origins, which may then read its files (and nothing else is here).
        ("Access-Control-Allow-Origin", "*"),
    ];
    if brotli {
        headers.push(("Content-Encoding", "br"));
    }
    if status == 405 {
        headers.push(("Allow", "GET, HEAD"));
    }
    headers
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    use super::*;

    fn site(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-serve-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("site")).unwrap();
        fs::write(folder.join("site/index.html"), "<!doctype html>".repeat(20)).unwrap();
        fs::write(folder.join("site/a.wasm"), b"\0asm\x01\0\0\0").unwrap();
        fs::write(folder.join("secret.txt"), "secret").unwrap();
        folder
    }

    fn ask(server: &Server, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address).unwrap();
        write!(stream, "{request}\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn files_come_with_type_length_and_policy() {
        let folder = site("headers");
        let server = Server::start(&folder.join("site"), 0, 0, Wire::Brotli).unwrap();
        let answer = ask(&server, "GET / HTTP/1.1");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("Content-Type: text/html; charset=utf-8"), "{answer}");
        assert!(answer.contains("Content-Length: 300"), "{answer}");
        assert!(answer.contains("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{answer}");
        assert!(answer.ends_with("<!doctype html>"), "{answer}");
        assert!(ask(&server, "GET /a.wasm HTTP/1.1").contains("Content-Type: application/wasm"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn brotli_is_sent_on_request_and_head_sends_no_body() {
        let folder = site("brotli");
        let server = Server::start(&folder.join("site"), 0, 0, Wire::Brotli).unwrap();
        let answer = ask(&server, "HEAD /index.html HTTP/1.1\r\nAccept-Encoding: br");
        assert!(answer.contains("Content-Encoding: br"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
        assert!(!ask(&server, "GET / HTTP/1.1").contains("Content-Encoding"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn nothing_else_is_served() {
        let folder = site("outside");
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.join("secret.txt"), folder.join("site/link.txt")).unwrap();
        let server = Server::start(&folder.join("site"), 0, 0, Wire::Brotli).unwrap();
        for target in ["/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/none.txt", "/site"] {
            let answer = ask(&server, &format!("GET {target} HTTP/1.1"));
            assert!(answer.starts_with("HTTP/1.1 404"), "{target}: {answer}");
        }
        assert!(ask(&server, "POST / HTTP/1.1").starts_with("HTTP/1.1 405"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn connections_that_stay_open_hold_up_no_other() {
        let folder = site("many");
        let server = Server::start(&folder.join("site"), 0, 0, Wire::Brotli).unwrap();
        let connect = |_| {
            let mut stream = TcpStream::connect(server.address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            write!(stream, "GET /a.wasm HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            stream
        };
        let mut streams: Vec<_> = (0..40).map(connect).collect();
        for stream in &mut streams {
            let mut beginning = [0; 12];
            stream.read_exact(&mut beginning).unwrap();
            assert_eq!(&beginning, b"HTTP/1.1 200");
        }
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_busy_port_gives_the_next_free_one() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let next = listen(port, 20).unwrap().local_addr().unwrap().port();
        assert!(next > port && next <= port + 20);
        let error = listen(port, 0).unwrap_err().to_string();
        assert!(error.contains("--port"), "{error}");
    }
}
