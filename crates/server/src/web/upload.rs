//! Taking in a form with a file.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartRejection};

/// What a browser brought.
#[derive(Default)]
pub struct Upload {
    /// What was typed, in the order of the form.
    pub fields: Vec<(String, String)>,
    /// The name of the file; empty when none was chosen.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Whether it was larger than is taken; nothing of it is kept then.
    pub is_too_large: bool,
}

/// Takes in a form whose file stands in the field `file` and has so many bytes at most, as has each of
/// the other fields.
pub async fn received(
    body: Result<Multipart, MultipartRejection>,
    file: &str,
    bytes_max: u64,
) -> Upload {
    let mut upload = Upload::default();
    let Ok(mut multipart) = body else { return upload };
    let most = usize::try_from(bytes_max).unwrap_or(usize::MAX);
    while let Ok(Some(field)) = multipart.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        if name == file {
            upload.name = field.file_name().unwrap_or_default().chars().take(100).collect();
            let taken = taken(field, most).await;
            upload.is_too_large = taken.is_none();
            upload.bytes = taken.unwrap_or_default();
        } else {
            let text = taken(field, most).await.unwrap_or_default();
            upload.fields.push((name, String::from_utf8(text).unwrap_or_default()));
        }
    }
    upload
}

/// What stands in a field; none when it is too large. The rest of it is read and thrown away, so that
/// the browser listens to why.
async fn taken(mut field: Field<'_>, most: usize) -> Option<Vec<u8>> {
    let mut taken = Some(Vec::new());
    while let Ok(Some(chunk)) = field.chunk().await {
        taken = taken.filter(|bytes| bytes.len() + chunk.len() <= most);
        if let Some(bytes) = &mut taken {
            bytes.extend_from_slice(&chunk);
        }
    }
    taken
}
