import pytest, time
from doithoai.cases.workflow import State
from doithoai.core.errors import DomainError
from django.db import transaction
from tests.cases.reaching import *
WHERE={"classify":State.RECEIVED,"redirect":State.RECEIVED,"guide":State.REDIRECTED,"route":State.CLASSIFIED,"offer":State.ROUTED,"accept":State.OFFERED,"return":State.OFFERED,"decide_lead":State.DISPUTED_LEAD,"forward":State.ROUTED,"urge":State.FORWARDED,"record_reply":State.FORWARDED,"assign":State.ROUTED,"act":State.ROUTED,"ask":State.ROUTED,"hear_reply":State.ASKED,"draft":State.ROUTED,"approve":State.DRAFTED,"answer":State.ROUTED,"schedule":State.ROUTED,"take_in":State.ROUTED,"take_in_scheduled":State.ROUTED,"review":State.SCHEDULED,"publish":State.ANSWERED,"confirm":State.ANSWERED,"confirm_part":State.ANSWERED,"dispute":State.ANSWERED,"lapse":State.ANSWERED,"reopen":State.CONFIRMED,"close":State.ANSWERED,"extend":State.ROUTED,"withdraw":State.ROUTED,"archive":State.ROUTED,"join":State.CLASSIFIED,"part":State.JOINED}
C=("lan","stranger","minh","hoa","kien","chi","quang","nong","lien","clock")
class Undo(Exception): ...
@pytest.mark.django_db
def test_x():
    for step,state in WHERE.items():
        st=reach(state)
        if step=="close": st.do("lapse","clock")
        row=[]
        for who in C:
            at=st.at
            try:
                with transaction.atomic():
                    st.do(step,who)
                    raise Undo
            except Undo: row.append("None")
            except DomainError as e: row.append(type(e).__name__)
            st.at=at
        print(f'{step!r:20}: [{", ".join(f"{r:8}" for r in row)}],')
