"""Who is competent for what the hotline does not handle, and is no unit of a city."""

AUTHORITIES = {
    "petitions": "信访部门",
    "court": "人民法院",
    "procuratorate": "人民检察院",
    "arbitration": "仲裁机构",
    "administrative_review": "行政复议机关",
    "discipline": "纪检监察机关（12388）",
    "police": "公安机关",
    "state_secrets": "保密行政管理部门",
    "party_committee": "党委有关部门",
    "people_congress": "人大有关部门",
    "political_consultative_conference": "政协有关部门",
    "military": "部队有关部门",
    "other_hotline": "有管辖权的地方12345热线",
}
"""By the code that an office names; the words are published and told to the citizen."""
