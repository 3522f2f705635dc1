import pytest, time
from doithoai.cases.workflow import State, STEPS
from doithoai.core.errors import DomainError
from django.db import transaction
from tests.cases.reaching import *
from doithoai.docket.models import Obligation

@pytest.mark.django_db
def test_x():
    for s in State:
        t=time.time()
        st=reach(s)
        assert st.state==s,(s,st.state)
        print(s, round(time.time()-t,2), [(o.rule.split('.')[-1],o.kind,o.state, o.unassigned) for o in Obligation.objects.filter(matter=st.case_id,state__in=["open","paused"])])
