"""When X's ids were given."""

from datetime import datetime, timedelta, timezone

from x_api import id_at

# X's epoch, as its documentation has it.
EPOCH = datetime.fromtimestamp(1288834974, timezone.utc).replace(
    tzinfo=None, microsecond=657000
)


def test_an_id_counts_milliseconds_above_twenty_two_bits():
    assert id_at(EPOCH + timedelta(seconds=1)) == 1000 << 22
    assert id_at(EPOCH + timedelta(seconds=1, microseconds=999)) == 1000 << 22


def test_before_there_were_such_ids_it_is_the_first():
    assert id_at(datetime(2006, 3, 21)) == 1
