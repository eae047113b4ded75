//! The small pack: one flow of each kind, a stock, a flow with classes and a ratio.

use std::path::Path;

use actions::workspace::Workspace;
use testkit::clock::NOW_MS;

/// The files of the small pack.
const FILES: [(&str, &str); 8] = [
    (
        "pack.toml",
        "code = \"nho\"\nversion = \"1\"\nname = { vi = \"Gói nhỏ\", en = \"Small pack\" }\n\
         default_unit = \"182\"\ndefault_period = \"2022\"\n",
    ),
    (
        "directives.csv",
        "code,number,kind,issuer_vi,issuer_en,date,title_vi,title_en,implements\n\
         kh,01-KH/HU,Kế hoạch,Huyện ủy,District committee,2022-01-10,Kế hoạch,Plan,\n",
    ),
    (
        "priorities.csv",
        "code,name_vi,name_en,reason_vi,reason_en,owner_vi,owner_en,directive,position\n\
         P1,Xây dựng Đảng,Party building,Then chốt,Key,Huyện ủy,District committee,kh,1\n",
    ),
    (
        "items.csv",
        "code,name_vi,name_en,measure_vi,measure_en,scale,over_units,over_time,classes\n\
         A01,Số đảng viên mới kết nạp,New members,đảng viên,members,0,sum,sum,\n\
         B02,Số ngày tiếp công dân,Days,ngày,days,1,sum,sum,\n\
         G06,Số cá nhân được khen thưởng,Individuals commended,cá nhân,individuals,0,sum,sum,\
         nam:Nam:Men|nu:Nữ:Women\n\
         R.tu,Số kiến nghị đã giải quyết,Resolved,ý kiến,items,0,sum,sum,\n\
         R.mau,Số kiến nghị đến hạn,Due,ý kiến,items,0,sum,sum,\n\
         Q01,Số mô hình cuối kỳ,Models,mô hình,models,0,sum,last,\n",
    ),
    (
        "indicators.csv",
        "code,priority,name_vi,name_en,measure_vi,measure_en,formula,shape,decimals,direction,\
         frequency,publicity,headline,note_vi,note_en\n\
         A01,P1,Số đảng viên mới kết nạp,New members,đảng viên,members,A01,count,0,up,monthly,\
         public,true,,\n\
         B02,P1,Số ngày tiếp công dân,Days,ngày,days,B02,count,1,up,monthly,public,false,,\n\
         G06,,Số cá nhân được khen thưởng,Commended,cá nhân,individuals,G06,count,0,none,monthly,\
         public,false,,\n\
         G06N,,Số phụ nữ được khen thưởng,Women commended,cá nhân,individuals,G06[nu],count,0,none,\
         monthly,public,false,,\n\
         R,,Tỷ lệ giải quyết,Resolved,%,%,R.tu / R.mau,percent,1,up,monthly,public,false,,\n\
         Q01,,Số mô hình,Models,mô hình,models,Q01,count,0,up,quarterly,public,false,,\n",
    ),
    (
        "forms.csv",
        "code,name_vi,name_en,frequency,calendar,assigned_level,assigned_below,assigned_codes,\
         due_days,items\n\
         thang,Số liệu tháng,Monthly,monthly,civil,village,,,5,A01 B02 G06 R.tu R.mau\n\
         quy,Số liệu quý,Quarterly,quarterly,civil,commune,,,10,Q01\n",
    ),
    (
        "targets.csv",
        "indicator,unit_code,period,date,value,reason,directive\n\
         A01,182,2022,2022-01-15,150,Chỉ tiêu năm,kh\n",
    ),
    ("reports/ngan.toml", REPORT),
];

/// A report with one figure.
const REPORT: &str = r#"
code = "ngan"
kind = { vi = "BÁO CÁO", en = "REPORT" }
title = { vi = "Kết quả", en = "Results" }
parent_agency = { vi = "TỈNH", en = "PROVINCE" }
agency = { vi = "HUYỆN", en = "DISTRICT" }
symbol = "BC-UBND"
place = "Văn Lãng"
signer = { vi = "CHỦ TỊCH", en = "CHAIR" }
recipients = []
appendix_indicators = ["A01"]
appendix_unit_indicators = ["A01"]
appendix_unit_level = "commune"

[[figures]]
key = "a01"
indicator = "A01"
period = "2022"

[[blocks]]
heading = { vi = "Kết quả", en = "Results" }

[[blocks]]
paragraph = { vi = "Kết nạp {a01}.", en = "Admitted {a01}." }
"#;

/// Writes the small pack into a folder, some of its files replaced or added.
pub(crate) fn write_pack(folder: &Path, replaced: &[(&str, &str)]) {
    std::fs::create_dir_all(folder.join("reports")).unwrap();
    for (name, text) in replaced {
        std::fs::write(folder.join(name), text).unwrap();
    }
    for (name, text) in FILES {
        let text = replaced.iter().find(|file| file.0 == name).map_or(text, |file| file.1);
        std::fs::write(folder.join(name), text).unwrap();
    }
    let more = replaced.iter().filter(|(name, _)| FILES.iter().all(|file| file.0 != *name));
    for (name, text) in more {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// A file of the small pack with one piece of its text replaced, which must be there.
pub(crate) fn pack_with(name: &str, piece: &str, by: &str) -> String {
    let (_, text) = FILES.iter().find(|file| file.0 == name).unwrap();
    assert!(text.contains(piece), "{name} does not contain {piece}");
    text.replacen(piece, by, 1)
}

/// Takes in a pack with one item that every commune of the country reports by the month.
pub(crate) fn national_pack(workspace: &Workspace, folder: &Path) {
    let replaced = [
        (
            "items.csv",
            "code,name_vi,name_en,measure_vi,measure_en,scale,over_units,over_time,classes\n\
             N01,Số hộ,Households,hộ,households,0,sum,sum,\n",
        ),
        (
            "indicators.csv",
            "code,priority,name_vi,name_en,measure_vi,measure_en,formula,shape,decimals,direction,\
             frequency,publicity,headline,note_vi,note_en\n\
             N01,,Số hộ,Households,hộ,households,N01,count,0,none,monthly,public,false,,\n",
        ),
        (
            "forms.csv",
            "code,name_vi,name_en,frequency,calendar,assigned_level,assigned_below,assigned_codes,\
             due_days,items\nthang,Số liệu tháng,Monthly,monthly,civil,commune,,,5,N01\n",
        ),
        ("targets.csv", "indicator,unit_code,period,date,value\n"),
        ("reports/ngan.toml", &REPORT.replace("A01", "N01")),
    ];
    let folder = folder.join("pack");
    write_pack(&folder, &replaced);
    workspace.import_pack(&folder, NOW_MS).unwrap();
}
